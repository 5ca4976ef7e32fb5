import type { z } from 'zod';
import type { Language, Statement } from '#statement/grammar.ts';
import type { Actor } from './actor.ts';
import type { BulkForms } from './bulk/form.ts';
import type { Lasting } from './client.ts';
import type { Gates } from './gates.ts';
import type { Page } from './paging.ts';
import type { Coming } from './plan/applications.ts';
import type { RefusalCode } from './refusal.ts';
import type { Right } from './rights.ts';
import type { Findable } from './row-keys.ts';

/** Somebody's membership of a client, as it stands at this very request. */
export interface Member {
  readonly client: string;
  /** Whose it is: the caller's, or that of whoever made the key that calls. What is done is theirs. */
  readonly person: string;
  /** `owner`, `administrator`, `user`, `reader`, the number of a level of the client's own, or `key` for a key. */
  readonly level: string;
  readonly rights: readonly Right[];
  /** `grace` when the subscription has ended and can be taken up again. */
  readonly state: 'active' | 'grace';
  /** What the key is called that calls in the person's place. */
  readonly key?: string;
}

/** A key that a user of a client made for another system: what it may do there, as long as its maker may. */
export interface ClientKey {
  readonly client: string;
  readonly name: string;
  readonly rights: readonly Right[];
}

/** What a route's handler gets; body and query have passed the route's shapes. */
export interface Call<Body, Query = unknown> {
  readonly body: Body;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** Where the page of a list begins, and how long it is at most; there for routes that `page`. */
  readonly page: Page;
  readonly actor: Actor;
  /** The session that acts, when somebody is signed in. */
  readonly session: string | undefined;
  /** When that session ends at the latest. */
  readonly expiresAt?: Date;
  /** When it was last shown whose that session is. */
  readonly provedAt?: Date;
  /** What that session lacks: a proof of the second factor, or a second factor to be set up. */
  readonly lacks?: Lack;
  /** What the errand's cookie holds, when somebody comes back from signing in elsewhere. */
  readonly errand?: string;
  /** The block of addresses that the call came from, /24 or /48, for counting attempts; never stored readably. */
  readonly block: string;
  readonly at: Date;
  /** Where people reach the product, for addresses that are to lead back here. */
  readonly baseUrl: string;
  readonly gates: Gates;
  /** Set on routes for members: the client that the path names, and what the caller may do there. */
  readonly member?: Member;
}

/** Why a session can do next to nothing yet: it must show the second factor, or its person must get one. */
export type Lack = 'proof' | 'set-up';

/**
 * Which answer a success is: `created` 201, `accepted` 202, `read` 200, `done` 204; `sheet` is 200 with comma-separated
 * values, for which the handler answers a {@link Sheet}, `paper` with a PDF of a {@link Paper}, `markup` with {@link Markup}.
 * Only `http/` knows the numbers.
 */
export type Outcome = 'created' | 'accepted' | 'read' | 'done' | 'sheet' | 'paper' | 'markup';

/** XML as a file. */
export interface Markup {
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly xml: string;
}

/** A page to be printed or kept: from one to another, some facts, a table and what it adds up to. */
export interface Paper {
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly language: Language;
  readonly title: string;
  readonly made: Date;
  /** Said across the top, where the page must not be taken for more than it is. */
  readonly notice?: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly head: readonly string[];
  /** The first column is words; the others are figures, and stand to the right. */
  readonly rows: readonly (readonly string[])[];
  readonly sums: readonly (readonly [label: string, value: string])[];
  /** The last sum, and how it is paid. */
  readonly total: readonly [label: string, value: string];
  readonly payment: readonly (readonly [label: string, value: string])[];
}

/** A list as a file, written line by line as it is read. */
export interface Sheet {
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly head: readonly string[];
  /** Some lines at a time, each with as many values as the head has names. */
  readonly rows: AsyncIterable<readonly (readonly string[])[]>;
}

/** One route under `/api/v1`. A route that takes personal data names the collection point it comes in by. */
export interface Route<Body extends z.ZodType = z.ZodType, Query extends z.ZodObject = z.ZodObject> {
  /** Name of the operation in the description; made from method and path when left out. It does not change. */
  readonly id?: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Nouns, with `:name` for parts that vary. */
  readonly path: string;
  /** One sentence for the API description. */
  readonly about: string;
  readonly point?: string;
  /** Who may call: anybody, somebody signed in, staff with this role, or a member of the client in `:client` with this right. */
  readonly who: 'anybody' | 'person' | 'staff' | 'member';
  readonly role?: string;
  readonly right?: Right;
  /** Also while the subscription has ended and can be taken up again; otherwise a member's route is refused then. */
  readonly grace?: true;
  /**
   * Whether a key of the client reaches a member's route, which has to say so: with the route's own right where true, with
   * another where one is named. False for what people alone do: sign, own, end, pay, and make keys.
   */
  readonly keys?: boolean | Right;
  /** The purpose that the operator's keys for other systems must have been given; without it none reaches the route. */
  readonly scope?: string;
  readonly body?: Body;
  /** What the route reads of the query; any other name is left unread. */
  readonly query?: Query;
  /**
   * A list, told page by page: how long a page is when nothing is said, and at most. The answer has a `next`: the position
   * of its last entry, or null on the last page; `http/` makes a signed cursor of it.
   */
  readonly pages?: { readonly usual: number; readonly most: number };
  readonly outcome: Outcome;
  /** What it answers with as JSON; left out where there is nothing to answer (`done`). */
  readonly answers?: z.ZodType;
  /** Codes that it may refuse with, beside those that every route of its kind has. */
  readonly refuses?: readonly RefusalCode[];
  readonly handle: (call: Call<z.infer<Body>, z.infer<Query>>) => Promise<unknown>;
  /**
   * Asks that it was shown within the statement's `fresh-proof` whose session it is (step-up, OWASP ASVS 7.5.1): for what
   * cannot be undone, or opens other ways in. A function says of which bodies.
   */
  readonly fresh?: true | ((body: z.infer<Body>) => boolean);
  /** Open also to a session that lacks a second factor: to one that has none to show alone, or to `any`. */
  readonly lacking?: 'set-up' | 'any';
  /** Sets or clears the session cookie from the handler's answer. */
  readonly session?: 'begins' | 'ends';
  /** `once`: the answer has a secret that is told now and never again. */
  readonly tells?: 'once';
  /** Sets the errand's cookie from the answer's `errand`, or clears it. */
  readonly errand?: 'begins' | 'ends';
  /** Calls a minute from one address before it must wait; for what mails somebody or guesses tokens. */
  readonly rate?: number;
  /** Seconds that anybody on the way may keep the answer; left out for what is somebody's own or must be new. */
  readonly keeps?: number;
}

/** Who may call, and for members whether their keys may too: a route that says nothing of it is no route. */
export type Callers =
  | (Pick<Route, 'role'> & { readonly who: Exclude<Route['who'], 'member'> })
  | (Pick<Route, 'right'> & { readonly who: 'member'; readonly keys: boolean | Right });

/** Keeps the types of body and query between shape and handler. */
export function route<
  Body extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodObject = z.ZodObject<Record<never, never>>,
>(form: Route<Body, Query> & Callers): Route {
  return form as unknown as Route;
}

/** A letter, composed for one person when it is sent; nothing of it is stored. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The one thing to press, if there is one. */
  readonly action?: { readonly label: string; readonly path: string };
  /** Further places to go, under it. */
  readonly further?: readonly { readonly label: string; readonly path: string }[];
  /** Small print under the action. */
  readonly closing?: readonly string[];
}

export interface LetterContext {
  readonly language: Language;
  readonly name: string | undefined;
  /** Number of the person it is for, to make links that are theirs. */
  readonly person: string;
  /** The row that the letter is about. */
  readonly reference: string | undefined;
  /** The statement in force: its operator, and the periods that a letter tells of. */
  readonly statement: Statement;
  /** The version of the statement that the letter is about, when it is about one. */
  readonly coming?: Coming;
  /** What {@link Module.facts} found for this letter. */
  readonly facts?: Facts;
  /** Makes the token for a link: it proves itself and is kept nowhere. */
  readonly token: (kind: string, id: string) => string;
}

/** What a letter tells of its row, by names that the module chooses. */
export type Facts = Readonly<Record<string, string>>;

/** A letter that is about to be sent: to whom, and about which row of which client. */
export interface LetterDue {
  readonly person: string;
  readonly reference: string | undefined;
  readonly client: string | undefined;
}

/** How a module makes right again what a restored backup had undone for a client. */
export interface Restored {
  /** Acts that are more than rows set and ended, by name: done anew on what is there, with the time of then. */
  readonly again?: Readonly<Record<string, (gates: Gates, client: string, at: Date) => Promise<void>>>;
  /** Tells the client's owner, before it is done; twice where it was broken off in between. */
  readonly tell?: (gates: Gates, client: string, owner: string, at: Date) => Promise<void>;
}

/** The form every module fills in. */
export interface Module {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly letters?: Readonly<Record<string, (context: LetterContext) => Letter>>;
  /**
   * Looks up what a kind of letter tells of, at the moment that it is sent; undefined when there is nothing to tell that
   * person any more, and the letter goes nowhere.
   */
  readonly facts?: Readonly<
    Record<string, (gates: Gates, due: LetterDue, at: Date) => Promise<Facts | undefined>>
  >;
  /** Lists of staff's that several rows of can be chosen from, and what can be done with them. */
  readonly bulk?: BulkForms;
  /** Tables whose rows must not outlive a restored backup, such as sessions: what they open may have been closed since. */
  readonly passing?: readonly string[];
  /**
   * Columns of clients' tables whose last values must outlast a restored backup, because they say who may do what or that
   * something has ended. They are noted beside the keys: none may be sealed, or say who somebody is.
   */
  readonly lasting?: Lasting;
  /** What is to be done for a client whose rows were put back as they were before something ended or was changed. */
  readonly restored?: Restored;
  /** Sealed columns whose rows are found by a keyed hash beside them. */
  readonly findable?: readonly Findable[];
  /** What must be done of a moment's own before keeping lets go of what it is made from: drawing the last invoice. */
  readonly beforeKeeping?: (gates: Gates, now: Date) => Promise<void>;
  /**
   * What is to be settled before somebody's rows go by their wish; undefined where there is nothing. Asked of everybody,
   * and carried out when nothing else keeps them. It may refuse, and whoever asks anew must find it done.
   */
  readonly beforeErasing?: (
    gates: Gates,
    person: string,
    at: Date,
  ) => Promise<(() => Promise<void>) | undefined>;
}

export function defineModule(module: Module): Module {
  return module;
}
