import { route } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import { end, resume, standingOf } from './lifecycle.ts';
import { makeProfile, SHOWN } from './profiles.ts';
import {
  FoundAnswer,
  PersonAnswer,
  ProfileAnswer,
  ProfileRequest,
  Search,
  StandingAnswer,
} from './shapes.ts';

export const routes = [
  route({
    method: 'POST',
    path: '/profiles',
    about:
      'Makes a profile and mails a sign-in link. The answer does not tell whether the address was known.',
    point: 'profile',
    who: 'anybody',
    body: ProfileRequest,
    outcome: 'created',
    answers: ProfileAnswer,
    refuses: [
      'collect.missing-field',
      'collect.invalid-field',
      'collect.national-identity-number',
      'collect.statement-not-in-force',
    ],
    rate: 6000,
    handle: ({ body, gates, at }) => makeProfile(gates, body, at),
  }),
  route({
    method: 'GET',
    path: '/me/agreement',
    about: 'Where the customer relationship of whoever is signed in stands.',
    who: 'person',
    outcome: 'read',
    answers: StandingAnswer,
    handle: ({ gates, actor }) => standingOf(gates, actor.id!),
  }),
  route({
    method: 'DELETE',
    path: '/me/agreement',
    about: 'Ends the subscription. It can be taken up again for as long as the statement says.',
    who: 'person',
    outcome: 'read',
    answers: StandingAnswer,
    refuses: ['customers.no-agreement'],
    handle: async ({ gates, actor, at }) => {
      await end(gates, actor.id!, actor, at);
      return standingOf(gates, actor.id!);
    },
  }),
  route({
    method: 'PUT',
    path: '/me/agreement',
    about: 'Takes an ended subscription up again, with the modules it had.',
    who: 'person',
    outcome: 'read',
    answers: StandingAnswer,
    refuses: ['customers.nothing-to-resume'],
    handle: async ({ gates, actor, at }) => {
      await resume(gates, actor.id!, actor, at);
      return standingOf(gates, actor.id!);
    },
  }),
  route({
    method: 'GET',
    path: '/persons/:person',
    about: 'A person as the customer relationship needs to see them. The look is logged and shown to them.',
    who: 'staff',
    outcome: 'read',
    answers: PersonAnswer,
    refuses: ['use.not-your-purpose', 'answer.unknown-person'],
    handle: async ({ params, gates, actor, at }) => {
      const person = params.person!;
      const seen = (await gates.use('customer', actor).people([person], SHOWN, 'look', at)).get(person);
      if (seen === undefined) throw new Refusal('answer.unknown-person');
      return { person, ...Object.fromEntries(SHOWN.map((field) => [field, seen[field] ?? null])) };
    },
  }),
  route({
    method: 'POST',
    path: '/person-searches',
    about:
      'Finds people by whole e-mail address, phone number or name. In the body, so that none of these stands in a URL.',
    who: 'staff',
    body: Search,
    outcome: 'read',
    answers: FoundAnswer,
    refuses: ['use.not-your-purpose'],
    handle: async ({ body, gates, actor }) => {
      const [[kind, sought]] = Object.entries(body) as [['email' | 'phone' | 'name', string]];
      return { found: await gates.use('customer', actor).find(kind, sought) };
    },
  }),
];
