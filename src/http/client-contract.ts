import type { Right } from '#gates/rights.ts';
import type { Language, Prose, Text } from '#statement/grammar.ts';
import type { StandingAnswer } from './contract.ts';

/*
 * Clients of `/api/v1`: companies with an account, their users, access levels, modules and documents.
 *
 * Everything under `/clients/:client` is for that client's users: anybody else, and whoever names a client that is not
 * there, gets 404 `customers.unknown-client`; a user whose level lacks the right gets 403 `customers.right-missing`. After
 * the end of the subscription, while it can be taken up again, only what is marked (grace) answers; the rest is 409
 * `customers.no-agreement`. Lists are paged: `?cursor=` takes the `next` of the page before; null means that it was the last.
 */

/** `GET /modules`: what a client can take into use. Public. */
export interface ModuleCatalogueAnswer {
  modules: { module: string; label: Text; about: Text }[];
}

/**
 * `GET /documents/:document?version=`: `agreement`, or `dpa` for the data-processing agreement (art. 28(3)). Public.
 * Without a version the one in force.
 */
export interface DocumentAnswer {
  document: DocumentName;
  version: string;
  updated: string;
  /** True for the version that must be accepted now. */
  current: boolean;
  prose: Record<Language, Prose>;
  /** Every version there is, newest first. */
  versions: { version: string; updated: string }[];
}
export type DocumentName = 'agreement' | 'dpa';

/** Both versions in force, as the person was shown them. */
export interface AcceptedDocuments {
  agreement: string;
  dpa: string;
}

/** `POST /clients` → 201 ClientAnswer. Signed in, with a profile (else 409 `customers.no-profile`). */
export interface ClientRequest {
  company: {
    name: string;
    /** Organisation number: nine digits; blanks are taken out. 422 `customers.bad-number` where the check digit is wrong. */
    number: string;
    place?: string;
  };
  /** At least one of `GET /modules`. */
  modules: string[];
  accept: AcceptedDocuments;
}

/** `GET /clients?cursor=`: clients that whoever is signed in uses, those in grace too. */
export interface ClientsAnswer {
  clients: {
    client: string;
    company: Company;
    level: string;
    levelName: Text;
    standing: StandingAnswer;
  }[];
  next: string | null;
}

export interface Company {
  name: string;
  number: string;
  place: string | null;
}

/**
 * `GET /clients/:client` (grace), and the answer to what changes it:
 *   PATCH  /clients/:client {name?, place?}            company.change; an empty place takes it away
 *   DELETE /clients/:client                            agreement.end: ends the subscription
 *   PUT    /clients/:client/subscription {accept}      (grace) whoever owned it: takes it up again
 */
export interface ClientAnswer {
  client: string;
  company: Company;
  standing: StandingAnswer;
  /** What the caller may do here: what a page shows. */
  me: { person: string; level: string; levelName: Text; rights: Right[] };
  owner: { person: string; name: string | null };
  /** How many use it, the owner too. */
  users: number;
  /** Ownership offered and not yet taken over. */
  offer: { person: string; name: string | null; offeredAt: string; mine: boolean } | null;
  /** Documents whose version in force has not been accepted by the owner. */
  due: DocumentName[];
}

/** `GET /clients/:client/users?cursor=` */
export interface UsersAnswer {
  users: UserAnswer[];
  next: string | null;
}
/**
 * `PATCH /clients/:client/users/:person {level}` (users.manage) → 200 UserAnswer; nobody is made owner by it.
 * `DELETE /clients/:client/users/:person` → 204: users.manage, or oneself. 409 `customers.last-owner` for the owner.
 */
export interface UserAnswer {
  person: string;
  name: string | null;
  email: string | null;
  level: string;
  levelName: Text;
  since: string;
  you: boolean;
}

/** `GET /clients/:client/invitations?cursor=` (users.manage) */
export interface InvitationsAnswer {
  invitations: InvitationAnswer[];
  next: string | null;
}
/** `POST /clients/:client/invitations` (users.manage) → 201 InvitationAnswer; `DELETE …/:invitation` → 204 takes it back. */
export interface InvitationRequest {
  email: string;
  name?: string;
  level: string;
  /** Language of the letter. */
  language?: Language;
}
export interface InvitationAnswer {
  invitation: string;
  email: string | null;
  level: string;
  levelName: Text;
  askedAt: string;
  /** When it is forgotten by itself. */
  expiresAt: string;
}

/**
 * `GET /invitations/:token`: what the link of the letter shows, signed in or not; changes nothing. The letter links to
 * `/klient/invitasjon/:token` and `/en/client/invitation/:token`.
 * `DELETE /invitations/:token` → 204 says no: everything given for it is forgotten at once.
 */
export interface InvitationView {
  company: Company;
  /** Name of the user who asked; null when they are none any more. */
  by: string | null;
  level: string;
  levelName: Text;
  rights: Right[];
  email: string;
  /** What is known of the name; the page lets it be written or corrected. */
  name: string | null;
  expiresAt: string;
}
/** `POST /invitations/:token` → 201 InvitationTaken. `name` is needed where none is held. */
export interface InvitationTaking {
  name?: string;
  accept: { statement: string };
}
export interface InvitationTaken {
  client: string;
  person: string;
  /** A one-time sign-in token for `POST /sessions`: the link has shown whose address it is. */
  signIn: string;
}

/**
 * `GET /clients/:client/levels`: built-in levels first. `POST {name, rights}` → 201 LevelAnswer, `PATCH …/:level
 * {name?, rights?}` → 200 LevelAnswer, `DELETE …/:level` → 204 (levels.manage). Nobody gives a right that they lack.
 */
export interface LevelsAnswer {
  levels: LevelAnswer[];
  rights: { right: Right; label: Text }[];
}
export interface LevelAnswer {
  level: string;
  name: Text;
  rights: Right[];
  /** False for those that every client has. */
  custom: boolean;
  users: number;
}

/**
 * `GET /clients/:client/modules`. `POST {module}` → 201 ClientModulesAnswer, `DELETE …/:module` → 200 ClientModulesAnswer
 * (modules.manage); the last one is 409 `customers.last-module`: ask, and `DELETE /clients/:client`.
 */
export interface ClientModulesAnswer {
  modules: { module: string; label: Text; about: Text; since: string | null }[];
}

/** `GET /clients/:client/acceptances`; `POST {accept}` (agreement.sign) → 201 AcceptancesAnswer. */
export interface AcceptancesAnswer {
  documents: {
    document: DocumentName;
    /** The version in force. */
    version: string;
    /** What the owner has accepted last; null for nothing yet. */
    accepted: { version: string; at: string; by: string | null } | null;
  }[];
}

/**
 * `POST /clients/:client/ownership {person}` → 200 ClientAnswer: the owner offers it to another user. `DELETE` takes the
 * offer back. `POST /clients/:client/ownership/acceptance {accept}` → 200 ClientAnswer: whoever it is offered to takes it
 * over; the owner before becomes administrator.
 */
export interface OwnershipOffer {
  person: string;
}

/** `GET /clients/:client/log?cursor=` (log.see), newest first. */
export interface ClientLogAnswer {
  entries: {
    id: string;
    at: string;
    /** `client`, `company`, `user.invited`, `user.joined`, `user.level`, `user.left` … */
    act: ClientAct;
    by: { person: string; name: string | null };
    about: { person: string; name: string | null } | null;
    /** The module, level or version that it was about. */
    what: string | null;
  }[];
  next: string | null;
}
export type ClientAct =
  | 'client.began'
  | 'client.changed'
  | 'client.ended'
  | 'client.resumed'
  | 'client.exported'
  | 'document.accepted'
  | 'module.taken'
  | 'module.dropped'
  | 'user.invited'
  | 'user.uninvited'
  | 'user.joined'
  | 'user.level'
  | 'user.removed'
  | 'level.made'
  | 'level.changed'
  | 'level.removed'
  | 'ownership.offered'
  | 'ownership.withdrawn'
  | 'ownership.taken';

/** `GET /clients/:client/export` (export): every row of the client, by table, opened. Save it as a file. */
export interface ClientExport {
  client: string;
  at: string;
  statement: string;
  tables: Record<string, Record<string, unknown>[]>;
}
