import { z } from 'zod';
import { RIGHTS, type Right as RightName } from '#gates/rights.ts';
import { Both, Count, Id, Language, Moment, Next, named, text } from '#gates/shapes.ts';
import { CLIENT_ACTS } from './events.ts';
import { StandingAnswer } from './shapes.ts';

/*
 * Clients: companies with an account, their users, access levels, modules and documents.
 *
 * Everything under `/clients/:client` is for that client's users: anybody else, and whoever names a client that is not
 * there, gets 404 `customers.unknown-client`; a user whose level lacks the right gets 403 `customers.right-missing`. After
 * the end of the subscription, while it can be taken up again, `GET /clients/:client` and `PUT …/subscription` alone
 * answer; the rest is 409 `customers.no-agreement`.
 */

const line = z.string().max(400);
const level = z
  .string()
  .max(40)
  .meta({ examples: ['user'] });
const Level = text(
  'user',
  'The name of a level that every client has, or the number of one of the client’s own; `key` for a key.',
);
const Right = z.enum(Object.keys(RIGHTS) as [RightName, ...RightName[]]);
const rights = z.array(Right);
const rightsInWords = z.array(z.strictObject({ right: Right, label: Both }));
const name = text('Kari Prøve').nullable().describe('Null for who is no user any more.');

export type Company = z.infer<typeof Company>;
export const Company = named(
  'Company',
  z.strictObject({
    name: text('Prøve AS'),
    number: text('310000000', 'Organisation number.'),
    place: text('Voss').nullable(),
  }),
);

/** The versions of both documents in force, as somebody says they were shown them. */
export type AcceptedDocuments = z.infer<typeof AcceptedDocuments>;
export const AcceptedDocuments = named(
  'AcceptedDocuments',
  z.strictObject({
    agreement: z
      .string()
      .max(20)
      .meta({ examples: ['1.0'] }),
    dpa: z
      .string()
      .max(20)
      .meta({ examples: ['1.0'] }),
  }),
);
export type Acceptance = z.infer<typeof Acceptance>;
export const Acceptance = z.strictObject({ accept: AcceptedDocuments });

const module = z
  .string()
  .max(40)
  .meta({ examples: ['kurs'] });
const Module = { module: text('kurs'), label: Both, about: Both };

/** What a client can take into use. */
export type ModuleCatalogueAnswer = z.infer<typeof ModuleCatalogueAnswer>;
export const ModuleCatalogueAnswer = named(
  'ModuleCatalogueAnswer',
  z.strictObject({ modules: z.array(z.strictObject(Module)) }),
);

export type ClientModulesAnswer = z.infer<typeof ClientModulesAnswer>;
export const ClientModulesAnswer = named(
  'ClientModulesAnswer',
  z.strictObject({
    modules: z.array(z.strictObject({ ...Module, since: Moment.nullable().describe('Null: not in use.') })),
  }),
);
export const ModuleRequest = z.strictObject({ module });

export type ClientRequest = z.infer<typeof ClientRequest>;
export const ClientRequest = z.strictObject({
  company: z.strictObject({ name: line, number: z.string().max(30), place: line.optional() }),
  modules: z.array(module).max(20).describe('At least one.'),
  accept: AcceptedDocuments,
  complete: z
    .boolean()
    .optional()
    .describe(
      'True: the register is to fill in name and place of what was written by hand, once it answers.',
    ),
});

export type ClientChange = z.infer<typeof ClientChange>;
export const ClientChange = z.strictObject({
  name: line.optional(),
  place: line.nullable().optional().describe('Empty or null takes it away.'),
});

export type ClientsAnswer = z.infer<typeof ClientsAnswer>;
export const ClientsAnswer = named(
  'ClientsAnswer',
  z.strictObject({
    clients: z.array(
      z.strictObject({
        client: Id,
        company: Company,
        level: Level,
        levelName: Both,
        standing: StandingAnswer,
      }),
    ),
    next: Next,
  }),
);

const DocumentName = z.enum(['agreement', 'dpa']);

/** A client as one of its users sees it. */
export type ClientAnswer = z.infer<typeof ClientAnswer>;
export const ClientAnswer = named(
  'ClientAnswer',
  z.strictObject({
    client: Id,
    company: Company,
    standing: StandingAnswer,
    me: z
      .strictObject({ person: Id, level: Level, levelName: Both, rights })
      .describe('What the caller may do here.'),
    owner: z.strictObject({ person: Id, name }).nullable(),
    users: Count.describe('How many use it, the owner too.'),
    offer: z
      .strictObject({ person: Id, name, offeredAt: Moment, mine: z.boolean() })
      .nullable()
      .describe('Ownership offered and not yet taken over.'),
    due: z.array(DocumentName).describe('Documents whose version in force has not been accepted.'),
    completion: z
      .strictObject({
        state: z.enum(['waiting', 'completed', 'unknown', 'struck-off', 'removed']),
        source: text('brreg', 'Name of the third party in the statement.'),
        askedAt: Moment,
        answeredAt: Moment.nullable(),
      })
      .nullable()
      .describe('How far the register has come with what was written by hand; null where nobody wished it.'),
  }),
);

/** A user of a client, as its users see each other. */
export type UserAnswer = z.infer<typeof UserAnswer>;
export const UserAnswer = named(
  'UserAnswer',
  z.strictObject({
    person: Id,
    name,
    email: text('kari@firma.example').nullable(),
    level: Level,
    levelName: Both,
    since: Moment,
    you: z.boolean(),
  }),
);
export type UsersAnswer = z.infer<typeof UsersAnswer>;
export const UsersAnswer = named('UsersAnswer', z.strictObject({ users: z.array(UserAnswer), next: Next }));
export const UserChange = z.strictObject({ level });

export type InvitationRequest = z.infer<typeof InvitationRequest>;
export const InvitationRequest = z.strictObject({
  email: line,
  name: line.optional(),
  level,
  language: Language.optional().describe('Language of the letter.'),
});
export type InvitationAnswer = z.infer<typeof InvitationAnswer>;
export const InvitationAnswer = named(
  'InvitationAnswer',
  z.strictObject({
    invitation: Id,
    email: text('ola@firma.example').nullable(),
    level: Level,
    levelName: Both,
    askedAt: Moment,
    expiresAt: Moment.describe('When it is forgotten by itself.'),
  }),
);
export type InvitationsAnswer = z.infer<typeof InvitationsAnswer>;
export const InvitationsAnswer = named(
  'InvitationsAnswer',
  z.strictObject({ invitations: z.array(InvitationAnswer), next: Next }),
);

/** What an invitation's link shows; the letter leads to `/klient/invitasjon/:token` and `/en/client/invitation/:token`. */
export type InvitationView = z.infer<typeof InvitationView>;
export const InvitationView = named(
  'InvitationView',
  z.strictObject({
    company: Company,
    by: name.describe('Who asked.'),
    level: Level,
    levelName: Both,
    rights: rightsInWords,
    email: text('ola@firma.example'),
    name: text('Ola Prøve').nullable().describe('What is held of a name; it can be corrected in the answer.'),
    expiresAt: Moment,
  }),
);
/** The same for whoever is signed in, each with its number. */
export type MyInvitationsAnswer = z.infer<typeof MyInvitationsAnswer>;
export const MyInvitationsAnswer = named(
  'MyInvitationsAnswer',
  z.strictObject({ invitations: z.array(InvitationView.extend({ invitation: Id })) }),
);
export type MyInvitationTaken = z.infer<typeof MyInvitationTaken>;
export const MyInvitationTaken = named('MyInvitationTaken', z.strictObject({ client: Id }));
export type InvitationTaking = z.infer<typeof InvitationTaking>;
export const InvitationTaking = z.strictObject({
  name: line.optional().describe('Needed where none is held.'),
  accept: z.strictObject({
    statement: z
      .string()
      .max(20)
      .meta({ examples: ['3.0'] }),
  }),
});
export type InvitationTaken = z.infer<typeof InvitationTaken>;
export const InvitationTaken = named(
  'InvitationTaken',
  z.strictObject({
    client: Id,
    person: Id,
    signIn: text('q83vASNFZ4mrze8BI0VniQ', 'A one-time sign-in for `POST /sessions`.'),
  }),
);

export type LevelAnswer = z.infer<typeof LevelAnswer>;
export const LevelAnswer = named(
  'LevelAnswer',
  z.strictObject({
    level: Level,
    name: Both,
    rights,
    custom: z.boolean().describe('False for those that every client has.'),
    users: Count,
  }),
);
export type LevelsAnswer = z.infer<typeof LevelsAnswer>;
export const LevelsAnswer = named(
  'LevelsAnswer',
  z.strictObject({
    levels: z.array(LevelAnswer),
    rights: rightsInWords.describe('Every right that a level can hold.'),
  }),
);
const asked = z
  .array(z.string().max(40))
  .max(50)
  .meta({ examples: [['content.read', 'log.see']] });
export const LevelRequest = z.strictObject({ name: line, rights: asked });
export const LevelChange = z.strictObject({ name: line.optional(), rights: asked.optional() });

export type AcceptancesAnswer = z.infer<typeof AcceptancesAnswer>;
export const AcceptancesAnswer = named(
  'AcceptancesAnswer',
  z.strictObject({
    documents: z.array(
      z.strictObject({
        document: DocumentName,
        version: text('1.0', 'The version in force.'),
        accepted: z
          .strictObject({ version: text('1.0'), at: Moment, by: name })
          .nullable()
          .describe('What was accepted last; null for nothing yet.'),
      }),
    ),
  }),
);

export const OwnershipOffer = z.strictObject({
  person: Id,
});

const somebody = z.strictObject({ person: Id, name });

export type ClientLogAnswer = z.infer<typeof ClientLogAnswer>;
export const ClientLogAnswer = named(
  'ClientLogAnswer',
  z.strictObject({
    entries: z.array(
      z.strictObject({
        id: Id,
        at: Moment,
        act: z.enum(CLIENT_ACTS),
        by: somebody,
        key: text('regnskap-eksport').nullable().describe('The key that did it in their place.'),
        about: somebody.nullable(),
        what: text('kurs').nullable().describe('The module, level, version or key that it was about.'),
      }),
    ),
    next: Next,
  }),
);

export type ClientExport = z.infer<typeof ClientExport>;
export const ClientExport = named(
  'ClientExport',
  z.strictObject({
    client: Id,
    at: Moment,
    statement: text('3.0'),
    people: z
      .array(z.strictObject({ person: Id, name, email: text('kari@firma.example').nullable() }))
      .describe('Whom the numbers in the rows stand for.'),
    tables: z
      .record(z.string(), z.array(z.record(z.string(), z.unknown())))
      .describe('Rows by table; each column is told of in the data map.')
      .meta({
        examples: [{ 'customers.module': [{ module: 'kurs', begun_at: '2026-11-27T09:30:00.000Z' }] }],
      }),
  }),
);
