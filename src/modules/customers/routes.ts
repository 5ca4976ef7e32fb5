import { route } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import { makeProfile, SHOWN } from './profiles.ts';
import { FoundAnswer, PersonAnswer, ProfileAnswer, ProfileRequest, Search } from './shapes.ts';

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
    path: '/persons/:person',
    about: 'A person as the customer relationship needs to see them. The look is logged and shown to them.',
    who: 'staff',
    scope: 'customer',
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
    scope: 'customer',
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
