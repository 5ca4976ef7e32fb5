import { z } from 'zod';
import { LeaveAnswer } from '#gates/answers.ts';
import { route } from '#gates/module.ts';
import { Language, Taken } from '#gates/shapes.ts';
import {
  ConfirmationAnswer,
  ConfirmationView,
  PreferencesAnswer,
  SubscriptionRequest,
  Token,
  Topics,
  TopicsAnswer,
} from './shapes.ts';
import {
  asksAnew,
  confirm,
  decline,
  leave,
  prefer,
  preferences,
  renew,
  signUp,
  waiting,
} from './subscriptions.ts';
import { TOPICS } from './topics.ts';

export const routes = [
  route({
    method: 'GET',
    path: '/newsletter/topics',
    about: 'What letters can be about.',
    who: 'anybody',
    outcome: 'read',
    answers: TopicsAnswer,
    handle: async () => ({ topics: Object.entries(TOPICS).map(([id, topic]) => ({ id, ...topic })) }),
  }),
  route({
    method: 'POST',
    path: '/newsletter/subscriptions',
    about: 'Asks for the newsletter and mails a confirmation link. The answer is the same for every address.',
    point: 'newsletter.sign-up',
    who: 'anybody',
    body: SubscriptionRequest,
    outcome: 'accepted',
    answers: Taken,
    refuses: ['collect.invalid-field', 'collect.national-identity-number', 'newsletter.unknown-topic'],
    rate: 60,
    handle: async ({ body, gates, at }) => {
      await signUp(gates, body, at);
      return {};
    },
  }),
  route({
    method: 'GET',
    path: '/newsletter/confirmations/:token',
    about: 'What a confirmation link asks. Changes nothing.',
    who: 'anybody',
    outcome: 'read',
    answers: ConfirmationView,
    refuses: ['newsletter.link-spent'],
    rate: 60,
    handle: async ({ params, gates }) => {
      const { topics, language, wording, askedAt } = await waiting(gates, params.token!);
      return { topics, language, wording, askedAt };
    },
  }),
  route({
    method: 'POST',
    path: '/newsletter/confirmations',
    about: 'Gives the consent that a confirmation link asks for. `language`: of the words that were shown.',
    point: 'newsletter.confirm',
    who: 'anybody',
    body: z.strictObject({ token: Token, language: Language.optional() }),
    outcome: 'created',
    answers: ConfirmationAnswer,
    refuses: ['newsletter.link-spent'],
    rate: 60,
    handle: ({ body, gates, at }) => confirm(gates, body.token, body.language, at),
  }),
  route({
    method: 'DELETE',
    path: '/newsletter/confirmations/:token',
    about: 'Says no to a confirmation; what was given for it goes at once.',
    who: 'anybody',
    outcome: 'read',
    answers: LeaveAnswer,
    refuses: ['newsletter.link-spent', 'answer.held'],
    rate: 60,
    handle: ({ params, gates, at }) => decline(gates, params.token!, at),
  }),
  route({
    method: 'GET',
    path: '/newsletter/preferences/:token',
    about: 'Topics and language behind the link in a letter. Shows no address.',
    who: 'anybody',
    outcome: 'read',
    answers: PreferencesAnswer,
    refuses: ['newsletter.link-spent'],
    rate: 60,
    handle: async ({ params, gates, at }) => ({
      ...shown(await preferences(gates, params.token!)),
      renewal: await asksAnew(gates, params.token!, at),
    }),
  }),
  route({
    method: 'PUT',
    path: '/newsletter/preferences/:token',
    about: 'Changes topics and language.',
    point: 'newsletter.confirm',
    who: 'anybody',
    body: z.strictObject({ topics: Topics, language: Language }),
    outcome: 'read',
    answers: PreferencesAnswer,
    refuses: ['newsletter.link-spent', 'newsletter.unknown-topic'],
    rate: 60,
    handle: async ({ params, body, gates, at }) => shown(await prefer(gates, params.token!, body, at)),
  }),
  route({
    method: 'PUT',
    path: '/newsletter/preferences/:token/consent',
    about: 'Says yes to a coming version of the statement. `language`: of the words that were shown.',
    who: 'anybody',
    body: z.strictObject({ language: Language }),
    outcome: 'done',
    refuses: ['newsletter.link-spent', 'answer.nothing-to-renew'],
    rate: 60,
    handle: async ({ params, body, gates, at }) => renew(gates, params.token!, body.language, at),
  }),
  route({
    method: 'DELETE',
    path: '/newsletter/preferences/:token',
    about: 'Leaves the newsletter, in one step.',
    who: 'anybody',
    outcome: 'read',
    answers: LeaveAnswer,
    refuses: ['newsletter.link-spent', 'answer.held'],
    rate: 60,
    handle: ({ params, gates, at }) => leave(gates, params.token!, at),
  }),
];

function shown({ topics, language, since }: Awaited<ReturnType<typeof preferences>>) {
  return { topics, language, since };
}
