import { z } from 'zod';
import { Both, Count, Day, Id, Next, named, text } from '#gates/shapes.ts';
import { AcceptancesAnswer, Company } from './client-shapes.ts';

/** Clients as staff see them; their own users see them under `/clients`. */

const facts = {
  account: Id.describe('Number of the client.'),
  company: Company,
  owner: Id.describe('Number of the person who owns the account.'),
  users: Count,
  modules: z.array(text('kurs')).describe('In use, or when it ended.'),
  since: Day.nullable().describe('Null for one that has ended.'),
  ended: Day.nullable(),
  until: Day.nullable().describe('Until when one that has ended can be taken up again.'),
};
const Account = named('Account', z.strictObject(facts));

export type AccountsAnswer = z.infer<typeof AccountsAnswer>;
export const AccountsAnswer = named(
  'AccountsAnswer',
  z.strictObject({ accounts: z.array(Account), next: Next }),
);

export type AccountsFound = z.infer<typeof AccountsFound>;
export const AccountsFound = named('AccountsFound', z.strictObject({ found: z.array(Account) }));

export type AccountAnswer = z.infer<typeof AccountAnswer>;
export const AccountAnswer = named(
  'AccountAnswer',
  z.strictObject({
    ...facts,
    plan: z
      .strictObject({
        label: Both,
        span: text('month'),
        freeUntil: Day.nullable().describe('Until when nothing is paid; null when that is over.'),
      })
      .nullable(),
    levels: z
      .array(z.strictObject({ level: text('user'), name: Both }))
      .describe('What each access level of the client is called.'),
    people: z
      .array(
        z.strictObject({
          person: Id,
          name: text('Kari Prøve').nullable(),
          email: text('kari@firma.example').nullable(),
          levelName: Both,
          since: Day.nullable(),
        }),
      )
      .describe('Users, a hundred at most.'),
    documents: AcceptancesAnswer.shape.documents,
  }),
);
