import { z } from 'zod';
import type { Changes } from '#gates/answer/correct.ts';
import { AccessAnswer, ErasureAnswer, ErasurePreview, LeaveAnswer, LogAnswer } from '#gates/answers.ts';
import { normalise } from '#gates/fields.ts';
import { type Call, type Route, route } from '#gates/module.ts';
import { PAGES } from '#gates/paging.ts';
import { Refusal } from '#gates/refusal.ts';

const optional = z.string().max(400).nullable().optional();
/** Any of these; an empty text or null takes an optional one away. */
export type Correction = z.infer<typeof CorrectionBody>;
export const CorrectionBody = z.strictObject({
  name: z.string().max(400).optional(),
  email: z.string().max(400).optional(),
  phone: optional,
  place: optional,
  company: optional,
  language: z.enum(['nb', 'en']).optional(),
});

/** Field names of the API to categories; an empty text takes an optional value away. */
export function changesOf(correction: Correction): Changes {
  const entries = Object.entries(correction).filter(([, value]) => value !== undefined) as [
    string,
    string | null,
  ][];
  return Object.fromEntries(
    entries.map(([field, value]) => [
      field === 'language' ? 'preference.language' : `contact.${field}`,
      value === null || value.trim() === '' ? null : value,
    ]),
  );
}

const me = (call: Call<unknown>) => call.actor.id!;

/** Does what was asked and answers with everything as it is then, so that the caller sees what it came to. */
function then<Body>(act: (call: Call<Body>) => Promise<void>): (call: Call<Body>) => Promise<AccessAnswer> {
  return async (call) => {
    await act(call);
    return call.gates.answer.access(me(call), call.actor, call.at);
  };
}

/** A signed-in person's rights over what is held on them: "Mitt personvern" (GDPR art. 15-22). */
export const meRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/me',
    about: 'Everything held on the signed-in person.',
    who: 'person',
    outcome: 'read',
    answers: AccessAnswer,
    handle: (call) => call.gates.answer.access(me(call), call.actor, call.at),
  }),
  route({
    method: 'GET',
    path: '/me/log',
    about: 'Who looked at the person and what was done, newest first.',
    who: 'person',
    pages: PAGES,
    outcome: 'read',
    answers: LogAnswer,
    handle: (call) => call.gates.answer.log(me(call), call.actor, call.page),
  }),
  route({
    method: 'PATCH',
    path: '/me',
    about: 'Corrects what is held. A new e-mail address takes effect when the link mailed to it is followed.',
    who: 'person',
    body: CorrectionBody,
    fresh: ({ email }) => email !== undefined,
    outcome: 'read',
    answers: AccessAnswer,
    refuses: [
      'answer.address-taken',
      'answer.needed-item',
      'collect.missing-field',
      'collect.invalid-field',
      'collect.national-identity-number',
    ],
    handle: then(async (call) => {
      const { email, ...rest } = call.body;
      // Looked at before anything is written: a refused address must not leave the other half of the wish done.
      if (email !== undefined) normalise('contact.email', email);
      await call.gates.answer.correct(me(call), changesOf(rest), call.actor, call.at);
      if (email !== undefined) await call.gates.answer.askNewAddress(me(call), email, call.actor, call.at);
    }),
  }),
  route({
    method: 'POST',
    path: '/me/address',
    about: 'Confirms a new e-mail address by the link that was mailed to it.',
    who: 'person',
    body: z.strictObject({ token: z.string().max(100) }),
    outcome: 'read',
    answers: AccessAnswer,
    refuses: ['identity.link-spent', 'answer.address-taken'],
    rate: 60,
    handle: then(async (call) => {
      const id = call.gates.readToken('address', call.body.token);
      if (id === undefined) throw new Refusal('identity.link-spent');
      await call.gates.answer.confirmNewAddress(me(call), id, call.actor, call.at);
    }),
  }),
  route({
    method: 'DELETE',
    path: '/me/items/:item',
    about: 'Takes one value away that nothing else needs.',
    who: 'person',
    outcome: 'read',
    answers: AccessAnswer,
    refuses: ['answer.unknown-item', 'answer.needed-item'],
    handle: then(async (call) => {
      const found = /^vault\.person\.([a-z]+)$/.exec(call.params.item!);
      if (found === null) throw new Refusal('answer.unknown-item');
      await call.gates.answer.correct(me(call), { [`contact.${found[1]}`]: null }, call.actor, call.at);
    }),
  }),
  route({
    method: 'GET',
    path: '/me/erasure',
    about: 'What an erasure would take and leave, and why.',
    who: 'person',
    outcome: 'read',
    answers: ErasurePreview,
    handle: (call) => call.gates.answer.preview(me(call), call.actor, call.at),
  }),
  route({
    method: 'DELETE',
    path: '/me',
    about: 'Erases the person and ends the session. Answers with the number of a signed receipt.',
    who: 'person',
    fresh: true,
    outcome: 'read',
    answers: ErasureAnswer,
    refuses: ['answer.held'],
    session: 'ends',
    handle: (call) => call.gates.answer.erase(me(call), call.actor, call.at),
  }),
  route({
    method: 'PUT',
    path: '/me/objections/:purpose',
    about:
      'Objects to a purpose (art. 21); it takes effect at once. Where nothing else is kept, everything goes, and the receipt’s number is the answer.',
    who: 'person',
    outcome: 'read',
    answers: z.union([AccessAnswer, LeaveAnswer]),
    refuses: ['answer.not-objectable', 'answer.held'],
    handle: async (call): Promise<AccessAnswer | LeaveAnswer> => {
      const { answer } = call.gates;
      const receipt = await answer.object(me(call), call.params.purpose!, call.actor, call.at);
      return receipt === undefined ? answer.access(me(call), call.actor, call.at) : { erased: true, receipt };
    },
  }),
  route({
    method: 'DELETE',
    path: '/me/objections/:purpose',
    about: 'Takes an objection back.',
    who: 'person',
    outcome: 'read',
    answers: AccessAnswer,
    refuses: ['answer.not-objectable'],
    handle: then((call) =>
      call.gates.answer.liftObjection(me(call), call.params.purpose!, call.actor, call.at),
    ),
  }),
  route({
    method: 'PUT',
    path: '/me/restriction',
    about: 'Restricts the person (art. 18): stored, and not used.',
    who: 'person',
    body: z.strictObject({ reason: z.enum(['accuracy', 'unlawful', 'claims', 'objection']) }),
    outcome: 'read',
    answers: AccessAnswer,
    handle: then((call) => call.gates.answer.restrict(me(call), call.body.reason, call.actor, call.at)),
  }),
  route({
    method: 'DELETE',
    path: '/me/restriction',
    about: 'Lifts the restriction.',
    who: 'person',
    outcome: 'read',
    answers: AccessAnswer,
    handle: then((call) => call.gates.answer.liftRestriction(me(call), call.actor, call.at)),
  }),
  route({
    method: 'PUT',
    path: '/me/consents/:purpose',
    about:
      'Says yes to a coming version of the statement, so that a consent goes on under it. `language`: of the words that were shown.',
    who: 'person',
    body: z.strictObject({ language: z.enum(['nb', 'en']) }),
    outcome: 'read',
    answers: AccessAnswer,
    refuses: ['answer.nothing-to-renew'],
    handle: then(async (call) => {
      await call.gates.answer.renew(
        me(call),
        { purpose: call.params.purpose!, language: call.body.language },
        call.actor,
        { surface: 'my-privacy', method: 'button' },
        call.at,
      );
    }),
  }),
  route({
    method: 'DELETE',
    path: '/me/consents/:purpose',
    about: 'Withdraws a consent, in one step (art. 7(3)).',
    who: 'person',
    outcome: 'read',
    answers: LeaveAnswer,
    refuses: ['answer.no-consent', 'answer.held'],
    handle: (call) =>
      call.gates.answer.withdraw(
        me(call),
        call.params.purpose!,
        call.actor,
        { surface: 'my-privacy', method: 'button' },
        call.at,
      ),
  }),
];
