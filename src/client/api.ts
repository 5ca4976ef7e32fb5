/**
 * What the API takes and answers, as types. Made from its own description, and held to it by a test: change the routes, and
 * write this file anew with UPDATE=1 bin/test src/client/api.test.ts.
 */

export type AcceptancesAnswer = {
  documents: Array<{
    document: 'agreement' | 'dpa';
    /** The version in force. */
    version: string;
    /** What was accepted last; null for nothing yet. */
    accepted: {
      version: string;
      at: string;
      /** Null for who is no user any more. */
      by: string | null;
    } | null;
  }>;
};

export type AcceptedDocuments = {
  agreement: string;
  dpa: string;
};

export type AccessAnswer = {
  person: string;
  items: Item[];
  purposes: PurposeState[];
  restricted: {
    reason: string;
    since: string;
  } | null;
  consents: ConsentState[];
  history: ConsentEvent[];
  receipts: Array<{
    id: string;
    kind: 'erasure' | 'consent';
    at: string;
  }>;
  acceptances: Array<{
    statement: string;
    at: string;
  }>;
  /** Coming versions that the person was told of. */
  notices: Array<{
    statement: string;
    at: string;
  }>;
  /** Consents that a coming version asks for anew; `answered` when the person has said yes to it. */
  renewals: Array<{
    purpose: string;
    words: Text;
    version: string;
    effectiveAt: string;
    answered: boolean;
  }>;
  /** Holds that stand. Those that the law forbids telling of are here for staff alone. */
  holds: Hold[];
};

export type Account = {
  /** Number of the client. */
  account: string;
  company: Company;
  /** Number of the person who owns the account. */
  owner: string;
  users: number;
  /** In use, or when it ended. */
  modules: string[];
  /** Null for one that has ended. */
  since: string | null;
  ended: string | null;
  /** Until when one that has ended can be taken up again. */
  until: string | null;
};

export type AccountAnswer = {
  /** Number of the client. */
  account: string;
  company: Company;
  /** Number of the person who owns the account. */
  owner: string;
  users: number;
  /** In use, or when it ended. */
  modules: string[];
  /** Null for one that has ended. */
  since: string | null;
  ended: string | null;
  /** Until when one that has ended can be taken up again. */
  until: string | null;
  plan: {
    label: Text;
    span: string;
    /** Until when nothing is paid; null when that is over. */
    freeUntil: string | null;
  } | null;
  /** What each access level of the client is called. */
  levels: Array<{
    level: string;
    name: Text;
  }>;
  /** Users, a hundred at most. */
  people: Array<{
    person: string;
    name: string | null;
    email: string | null;
    levelName: Text;
    since: string | null;
  }>;
  documents: Array<{
    document: 'agreement' | 'dpa';
    /** The version in force. */
    version: string;
    /** What was accepted last; null for nothing yet. */
    accepted: {
      version: string;
      at: string;
      /** Null for who is no user any more. */
      by: string | null;
    } | null;
  }>;
};

export type AccountsAnswer = {
  accounts: Account[];
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type AccountsFound = {
  found: Account[];
};

export type BulkBegunAnswer = {
  run: string;
};

export type BulkCountAnswer = {
  rows: number;
};

export type BulkRunAnswer = {
  run: string;
  /** What to do with each: the name of a list and of the act. */
  act: string;
  date: string | null;
  at: string;
  /** Whether whoever asks began it. */
  mine: boolean;
  rows: number;
  done: number;
  refused: number;
  /** `waiting`: no process has it yet, or the one that had it is gone and another will go on. */
  state: 'running' | 'waiting' | 'done';
  results: Array<{
    id: string;
    name: string | null;
    /** Null for nothing yet, `done`, `failed`, or the code of a refusal. */
    came: string | null;
  }>;
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type BulkRunsAnswer = {
  runs: Array<{
    run: string;
    /** What to do with each: the name of a list and of the act. */
    act: string;
    date: string | null;
    at: string;
    /** Whether whoever asks began it. */
    mine: boolean;
    rows: number;
    done: number;
    refused: number;
    /** `waiting`: no process has it yet, or the one that had it is gone and another will go on. */
    state: 'running' | 'waiting' | 'done';
  }>;
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type CameFromElsewhere = {
  state: 'asked';
} | {
  person: string;
  roles: string[];
  expiresAt: string;
  state: 'in' | 'tied';
};

export type ClientAnswer = {
  client: string;
  company: Company;
  standing: StandingAnswer;
  /** What the caller may do here. */
  me: {
    person: string;
    /** The name of a level that every client has, or the number of one of the client’s own; `key` for a key. */
    level: string;
    levelName: Text;
    rights: Array<'users.manage' | 'levels.manage' | 'modules.manage' | 'company.change' | 'agreement.sign' | 'agreement.end' | 'payment.see' | 'payment.manage' | 'keys.manage' | 'log.see' | 'export' | 'content.write' | 'content.read'>;
  };
  owner: {
    person: string;
    /** Null for who is no user any more. */
    name: string | null;
  } | null;
  /** How many use it, the owner too. */
  users: number;
  /** Ownership offered and not yet taken over. */
  offer: {
    person: string;
    /** Null for who is no user any more. */
    name: string | null;
    offeredAt: string;
    mine: boolean;
  } | null;
  /** Documents whose version in force has not been accepted. */
  due: Array<'agreement' | 'dpa'>;
  /** How far the register has come with what was written by hand; null where nobody wished it. */
  completion: {
    state: 'waiting' | 'completed' | 'unknown' | 'struck-off' | 'removed';
    /** Name of the third party in the statement. */
    source: string;
    askedAt: string;
    answeredAt: string | null;
  } | null;
};

export type ClientExport = {
  client: string;
  at: string;
  statement: string;
  /** Whom the numbers in the rows stand for. */
  people: Array<{
    person: string;
    /** Null for who is no user any more. */
    name: string | null;
    email: string | null;
  }>;
  /** Rows by table; each column is told of in the data map. */
  tables: Record<string, Array<Record<string, unknown>>>;
};

export type ClientLogAnswer = {
  entries: Array<{
    id: string;
    at: string;
    act: 'client.began' | 'client.changed' | 'client.ended' | 'client.resumed' | 'client.exported' | 'document.accepted' | 'module.taken' | 'module.dropped' | 'user.invited' | 'user.uninvited' | 'user.joined' | 'user.level' | 'user.removed' | 'level.made' | 'level.changed' | 'level.removed' | 'ownership.offered' | 'ownership.withdrawn' | 'ownership.taken' | 'ownership.named' | 'key.made' | 'key.ended';
    by: {
      person: string;
      /** Null for who is no user any more. */
      name: string | null;
    };
    /** The key that did it in their place. */
    key: string | null;
    about: {
      person: string;
      /** Null for who is no user any more. */
      name: string | null;
    } | null;
    /** The module, level, version or key that it was about. */
    what: string | null;
  }>;
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type ClientModulesAnswer = {
  modules: Array<{
    module: string;
    label: Text;
    about: Text;
    /** Null: not in use. */
    since: string | null;
  }>;
};

export type ClientTokensAnswer = {
  tokens: Array<{
    id: string;
    /** Which system it is for: small letters, digits and hyphens. */
    name: string;
    /** What it may do: purposes of the statement, or rights in the client. */
    scopes: string[];
    madeAt: string;
    /** Number of the person who answers for it. */
    madeBy: string;
    expiresAt: string;
    /** When it was ended before its time; null when it was not. */
    endedAt: string | null;
    /** The last day on which it was used; no closer moment is kept. */
    lastUsedOn: string | null;
    /** Who answers for it; null for who is no user any more. */
    maker: string | null;
  }>;
  /** Rights that the caller can give a key. */
  offered: string[];
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type ClientsAnswer = {
  clients: Array<{
    client: string;
    company: Company;
    /** The name of a level that every client has, or the number of one of the client’s own; `key` for a key. */
    level: string;
    levelName: Text;
    standing: StandingAnswer;
  }>;
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type CodeSecret = {
  secret: string;
  uri: string;
};

export type ComingAnswer = {
  version: string;
  effectiveAt: string;
  changes: {
    nb: string[];
    en: string[];
  };
};

export type CompaniesAnswer = {
  /** The likeliest first, at most twenty. */
  companies: CompanyHit[];
  /** The register knows more than are told. */
  more: boolean;
  source: CompanySource;
};

export type Company = {
  name: string;
  /** Organisation number. */
  number: string;
  place: string | null;
};

export type CompanyAnswer = {
  number: string;
  name: string;
  form: {
    code: string;
    label: string;
  };
  place: {
    municipality: string | null;
    postalCode: string | null;
    place: string | null;
  };
  /** By SN2025. Null here and elsewhere: not known, which is something else than none. */
  industry: {
    code: string;
    label: string;
  } | null;
  employees: string | null;
  state: 'active' | 'bankrupt' | 'winding-up' | 'struck-off';
  /** Since when, where it is not active. */
  since: string | null;
  /** The company is a person, such as a sole proprietor: no more of the place is told than the municipality. */
  personal: boolean;
  founded: string | null;
  accounts: KeyFigures | null;
  /** `none`: it has handed in none that are public. `unknown`: they cannot be had or read now. */
  accountsState: 'known' | 'none' | 'unknown';
  source: CompanySource;
};

export type CompanyHit = {
  number: string;
  name: string;
  form: {
    code: string;
    label: string;
  };
  place: {
    municipality: string | null;
    postalCode: string | null;
    place: string | null;
  };
  /** By SN2025. Null here and elsewhere: not known, which is something else than none. */
  industry: {
    code: string;
    label: string;
  } | null;
  employees: string | null;
  state: 'active' | 'bankrupt' | 'winding-up' | 'struck-off';
  /** Since when, where it is not active. */
  since: string | null;
  /** The company is a person, such as a sole proprietor: no more of the place is told than the municipality. */
  personal: boolean;
  founded: string | null;
};

/** To be shown wherever the data is (NLOD 2.0). */
export type CompanySource = {
  name: string;
  licence: {
    name: string;
    url: string;
  };
  fetchedAt: string;
  /** The register does not answer, and this is older than a day. */
  stale: boolean;
};

export type ComparisonAnswer = {
  from: string;
  to: string;
  language: 'nb' | 'en';
  /** What of it matters to a person, in plain words. */
  changes: string[];
  sections: SideSection[];
};

export type ConfirmationAnswer = {
  /** Key to the preference page, `/nyhetsbrev/valg/:token`. It never expires. */
  preferences: string;
  receipt: string;
};

export type ConfirmationView = {
  topics: string[];
  language: 'nb' | 'en';
  /** The exact words of the consent. */
  wording: Text;
  askedAt: string;
};

export type ConsentEvent = {
  purpose: string;
  /** `invalidated`: a new version of the statement no longer rests on it. */
  state: 'requested' | 'given' | 'refused' | 'withdrawn' | 'invalidated';
  words: string;
  language: 'nb' | 'en';
  statement: string;
  surface: string;
  method: string;
  at: string;
};

export type ConsentState = {
  purpose: string;
  since: string;
  wording: string;
};

export type DocumentAnswer = {
  document: 'agreement' | 'dpa';
  version: string;
  updated: string;
  /** True for the version that must be accepted now. */
  current: boolean;
  prose: {
    nb: Prose;
    en: Prose;
  };
  /** Every version, newest first. */
  versions: Array<{
    version: string;
    updated: string;
  }>;
};

export type EnteredSession = {
  person: string;
  roles: string[];
  expiresAt: string;
  back: string | null;
};

export type ErasureAnswer = {
  goes: Array<{
    category: string;
    label: Text;
    count: number;
  }>;
  stays: Array<{
    what: Text;
    /** There where it is records that stay; `until` is then when the last of them leaves. */
    count?: number;
    why: Text;
    clause: string;
    until: string | null;
  }>;
  /** There when a legal duty keeps everything for now: an erasure is refused (`answer.held`). */
  held?: true;
  /** Number of the receipt. */
  receipt: string;
};

export type ErasurePreview = {
  goes: Array<{
    category: string;
    label: Text;
    count: number;
  }>;
  stays: Array<{
    what: Text;
    /** There where it is records that stay; `until` is then when the last of them leaves. */
    count?: number;
    why: Text;
    clause: string;
    until: string | null;
  }>;
  /** There when a legal duty keeps everything for now: an erasure is refused (`answer.held`). */
  held?: true;
};

export type Errand = {
  location: string;
};

export type Factors = {
  factors: Array<{
    id: string;
    kind: 'password' | 'codes' | 'passkey' | 'provider';
    name: string | null;
    addedAt: string;
    usedAt: string;
  }>;
  recoveryCodes: number;
};

export type ForecastAnswer = {
  from: string;
  days: number;
  clauses: Array<{
    clause: string;
    rows: number;
    byDay: Array<{
      date: string;
      rows: number;
    }>;
  }>;
};

export type FoundAnswer = {
  found: string[];
};

export type Ground = {
  purpose: string;
  basis: 'A6-1-a' | 'A6-1-b' | 'A6-1-c' | 'A6-1-d' | 'A6-1-e' | 'A6-1-f';
  clause: string;
  /** The date it leaves; null when it leaves on an event instead, said in `until`. */
  expires: string | null;
  until: Text;
};

export type Hold = {
  id: string;
  since: string;
  /** Its last day; null when it stands until it is released. */
  until: string | null;
  /** The last day on which it must have been looked at again. */
  review: string | null;
  why: string;
  told: boolean;
  /** The law by which the person is not told; null when they are. */
  untold: string | null;
  /** Number of the staff member who placed it, or `command-line`; null to the person. */
  author: string | null;
};

export type HoldsAnswer = {
  holds: StandingHold[];
};

export type InvitationAnswer = {
  invitation: string;
  email: string | null;
  /** The name of a level that every client has, or the number of one of the client’s own; `key` for a key. */
  level: string;
  levelName: Text;
  askedAt: string;
  /** When it is forgotten by itself. */
  expiresAt: string;
};

export type InvitationTaken = {
  client: string;
  person: string;
  /** A one-time sign-in for `POST /sessions`. */
  signIn: string;
};

export type InvitationView = {
  company: Company;
  /** Who asked. */
  by: string | null;
  /** The name of a level that every client has, or the number of one of the client’s own; `key` for a key. */
  level: string;
  levelName: Text;
  rights: Array<{
    right: 'users.manage' | 'levels.manage' | 'modules.manage' | 'company.change' | 'agreement.sign' | 'agreement.end' | 'payment.see' | 'payment.manage' | 'keys.manage' | 'log.see' | 'export' | 'content.write' | 'content.read';
    label: Text;
  }>;
  email: string;
  /** What is held of a name; it can be corrected in the answer. */
  name: string | null;
  expiresAt: string;
};

export type InvitationsAnswer = {
  invitations: InvitationAnswer[];
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type InvoiceAnswer = {
  /** Number of the document, an invoice or a credit note. */
  invoice: string;
  kind: 'invoice' | 'credit';
  number: number;
  date: string;
  due: string | null;
  /** When a reminder of the invoice went out: once at most. */
  reminded: string | null;
  net: number;
  vat: number;
  /** With VAT. */
  total: number;
  /** What is left to pay of an invoice; below 0 when there is money coming. */
  left: number;
  /** What of an invoice has been credited, without VAT. */
  credited: number;
  /** Number of the invoice that a credit note credits. */
  credits: number | null;
  client: string;
  buyer: string;
  organisation: string | null;
  kid: string | null;
  account: string | null;
  lines: Array<{
    what: string;
    from: string;
    /** The last day. */
    to: string;
    /** Below 0 where it is given back. */
    net: number;
    /** Rate of VAT in per cent. */
    rate: number;
  }>;
  rates: Array<{
    rate: number;
    net: number;
    vat: number;
  }>;
  settled: Array<{
    kind: 'credit' | 'payment';
    number: number;
    date: string;
    total: number;
    reference: string | null;
  }>;
};

export type InvoicesAnswer = {
  invoices: Array<{
    /** Number of the document, an invoice or a credit note. */
    invoice: string;
    kind: 'invoice' | 'credit';
    number: number;
    date: string;
    due: string | null;
    /** When a reminder of the invoice went out: once at most. */
    reminded: string | null;
    net: number;
    vat: number;
    /** With VAT. */
    total: number;
    /** What is left to pay of an invoice; below 0 when there is money coming. */
    left: number;
    /** What of an invoice has been credited, without VAT. */
    credited: number;
    /** Number of the invoice that a credit note credits. */
    credits: number | null;
  }>;
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type Item = {
  purpose: string;
  basis: 'A6-1-a' | 'A6-1-b' | 'A6-1-c' | 'A6-1-d' | 'A6-1-e' | 'A6-1-f';
  clause: string;
  /** The date it leaves; null when it leaves on an event instead, said in `until`. */
  expires: string | null;
  until: Text;
  /** `vault.person.email`, or `newsletter.subscription.topic#2` for the second row. */
  id: string;
  category: string;
  label: Text;
  value: string;
  /** The value taken apart, where it has named parts, such as an invoice. */
  fields?: Record<string, string>;
  source: string;
  statement: string;
  collectedAt: string;
  recipients: string[];
  /** There when it stands for many rows of a table kept in days: how many, from when to when. Gone when the last is. */
  rows?: {
    count: number;
    from: string;
    to: string;
  };
  /** What the person can do here and now. */
  can: Array<'correct' | 'erase'>;
  /** Further purposes the same value is kept for. */
  also: Ground[];
};

export type KeepRoundsAnswer = {
  rounds: Array<{
    id: number;
    at: string;
    state: 'done' | 'running' | 'cut-short';
    step: number;
    steps: number;
    erased: number;
    results: Array<{
      clause: string;
      rows: number;
    }>;
  }>;
};

export type KeyAnswer = {
  algorithm: 'Ed25519';
  /** SPKI DER, base64url. */
  key: string;
  /** First 16 hex digits of SHA-256 over it. */
  id: string;
};

export type KeyFigures = {
  /** The year in which the period ends. */
  year: number;
  from: string;
  to: string;
  /** ISO 4217; amounts are in whole units of it. */
  currency: string;
  revenue: unknown;
  operatingResult: unknown;
  result: unknown;
  assets: unknown;
  equity: unknown;
  debt: unknown;
};

export type LeaveAnswer = {
  /** Number of the consent receipt. */
  receipt: string;
  /** True when nothing else was kept on the person, so that everything went. */
  erased: boolean;
};

export type LevelAnswer = {
  /** The name of a level that every client has, or the number of one of the client’s own; `key` for a key. */
  level: string;
  name: Text;
  rights: Array<'users.manage' | 'levels.manage' | 'modules.manage' | 'company.change' | 'agreement.sign' | 'agreement.end' | 'payment.see' | 'payment.manage' | 'keys.manage' | 'log.see' | 'export' | 'content.write' | 'content.read'>;
  /** False for those that every client has. */
  custom: boolean;
  users: number;
};

export type LevelsAnswer = {
  levels: LevelAnswer[];
  /** Every right that a level can hold. */
  rights: Array<{
    right: 'users.manage' | 'levels.manage' | 'modules.manage' | 'company.change' | 'agreement.sign' | 'agreement.end' | 'payment.see' | 'payment.manage' | 'keys.manage' | 'log.see' | 'export' | 'content.write' | 'content.read';
    label: Text;
  }>;
};

export type LogAnswer = {
  entries: LogEntry[];
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type LogEntry = {
  id: string;
  at: string;
  gate: string;
  act: string;
  actor: 'person' | 'staff' | 'system' | 'visitor' | 'integration';
  purpose: string | null;
  label: Text | null;
  /** Why, where staff were asked for a reason. */
  reason: string | null;
};

export type ModuleCatalogueAnswer = {
  modules: Array<{
    module: string;
    label: Text;
    about: Text;
  }>;
};

export type MonthsAnswer = {
  months: Array<{
    month: string;
    /** Without VAT, less what was credited. */
    invoiced: number;
    documents: number;
  }>;
  /** What is left to pay, with VAT. */
  open: number;
  /** What of it should have been paid. */
  overdue: number;
};

export type MyCompaniesAnswer = {
  companies: MyCompany[];
};

export type MyCompany = {
  id: string;
  number: string;
  name: string;
  form: {
    code: string;
    label: string;
  };
  place: {
    municipality: string | null;
    postalCode: string | null;
    place: string | null;
  };
  /** By SN2025. Null here and elsewhere: not known, which is something else than none. */
  industry: {
    code: string;
    label: string;
  } | null;
  employees: string | null;
  state: 'active' | 'bankrupt' | 'winding-up' | 'struck-off';
  /** Since when, where it is not active. */
  since: string | null;
  /** Each year told while the company was kept, oldest first. */
  years: KeyFigures[];
  askedAt: string;
  /** Who said so, by its name in the statement. */
  source: string;
  fetchedAt: string;
};

export type MyInvitationTaken = {
  client: string;
};

export type MyInvitationsAnswer = {
  invitations: Array<{
    company: Company;
    /** Who asked. */
    by: string | null;
    /** The name of a level that every client has, or the number of one of the client’s own; `key` for a key. */
    level: string;
    levelName: Text;
    rights: Array<{
      right: 'users.manage' | 'levels.manage' | 'modules.manage' | 'company.change' | 'agreement.sign' | 'agreement.end' | 'payment.see' | 'payment.manage' | 'keys.manage' | 'log.see' | 'export' | 'content.write' | 'content.read';
      label: Text;
    }>;
    email: string;
    /** What is held of a name; it can be corrected in the answer. */
    name: string | null;
    expiresAt: string;
    invitation: string;
  }>;
};

export type OpenedAnswer = {
  clause: string;
  days: number;
  rows: Array<{
    table: string;
    what: Text;
    /** Null where only a keyed hash is kept. */
    person: string | null;
    date: string;
  }>;
  /** True when there are others. */
  more: boolean;
};

export type OpenedSession = {
  person: string;
  roles: string[];
  expiresAt: string;
};

export type PageAnswer = {
  /** The provider’s page: send the browser there. */
  url: string;
};

export type PasskeyCreation = {
  challenge: string;
  rp: {
    id: string;
    name: string;
  };
  user: {
    id: string;
    name: string;
    displayName: string;
  };
  pubKeyCredParams: Array<{
    type: 'public-key';
    alg: number;
  }>;
  timeout: number;
  attestation: 'none';
  excludeCredentials: Array<{
    type: 'public-key';
    id: string;
  }>;
  authenticatorSelection: {
    residentKey: 'required';
    requireResidentKey: true;
    userVerification: 'required';
  };
};

export type PasskeyRequest = {
  challenge: string;
  rpId: string;
  timeout: number;
  userVerification: 'required';
};

export type PaymentMethodAnswer = {
  /** Whether an invoice can be paid on a payment provider’s page. */
  hosted: boolean;
  /** The card that was paid with last, as the provider masks it. */
  card: {
    brand: string;
    lastFour: string;
    expires: string;
    provider: string;
  } | null;
};

export type PeopleAnswer = {
  people: Array<{
    person: string;
    name: string | null;
    email: string | null;
    phone: string | null;
    place: string | null;
    company: string | null;
    made: string;
    active: string;
    /** When the profile leaves unless it is used. */
    leaves: string;
    modules: string[];
  }>;
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type PersonAnswer = {
  person: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  place: string | null;
  company: string | null;
  language: 'nb' | 'en' | null;
};

export type PlanAnswer = {
  /** The number it will have; the one in force when nothing has changed. */
  version: string;
  from: string;
  material: boolean;
  changes: Array<{
    clause: string;
    change: 'added' | 'removed' | 'changed';
    /** Way to the rule. */
    what: string;
    /** Whether it matters to a person (`v.notice`, art. 13(3)). */
    material: boolean;
    why: string;
    /** The old period and the new one, ISO 8601, where a rule of storage or a time limit got another. */
    periods?: {
      before: string;
      after: string;
    };
    reason: Text;
  }>;
  roles: {
    added: string[];
    removed: string[];
    granted: Array<{
      purpose: string;
      table: string;
      column: string;
    }>;
    revoked: Array<{
      purpose: string;
      table: string;
      column: string;
    }>;
  };
  /** Rows that would go now and within a year, and what would go without the change. */
  rows: Array<{
    clause: string;
    now: number;
    year: number;
    before: {
      now: number;
      year: number;
    };
  }>;
  /** Consents that stop counting, with how many stand now. */
  consents: Array<{
    purpose: string;
    why: string;
    reason: Text;
    active: number;
  }>;
  notify: {
    people: number;
    /** How many of them we have an address for. */
    mailed: number;
    /** Purposes they are in; null: everybody. */
    purposes: string[] | null;
    period: string | null;
    takesEffect: string;
  };
  /** What `hjemmel apply` asks for; null when nothing can be applied. */
  hash: string | null;
  problems: Array<{
    message: string;
    file?: string;
    line?: number;
    column?: number;
  }>;
};

export type PreferencesAnswer = {
  topics: string[];
  language: 'nb' | 'en';
  since: string;
  /** What a coming version of the statement asks anew; null when it asks nothing, absent from the answer to `PUT`. */
  renewal?: {
    words: Text;
    version: string;
    effectiveAt: string;
    answered: boolean;
  } | null;
};

export type PreviewAnswer = {
  /** When it is drawn. */
  on: string;
  lines: Array<{
    what: string;
    from: string;
    /** The last day. */
    to: string;
    /** Below 0 where it is given back. */
    net: number;
    /** Rate of VAT in per cent. */
    rate: number;
  }>;
  net: number;
  vat: number;
  /** With VAT. */
  total: number;
};

export type PricesAnswer = {
  currency: string;
  /** Rate of VAT today, in per cent; the prices are without it. */
  vat: number;
  /** Until when a client that begins today pays nothing. */
  trialUntil: string;
  plans: Array<{
    plan: string;
    label: Text;
    about: Text;
    month: number;
    year: number;
  }>;
  modules: Array<{
    module: string;
    month: number;
    year: number;
  }>;
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  /** One of a closed list, `docs/refusals.md`. */
  code: 'collect.unknown-point' | 'collect.undeclared-field' | 'collect.missing-field' | 'collect.invalid-field' | 'collect.national-identity-number' | 'collect.card-number' | 'collect.consent-missing' | 'collect.statement-not-in-force' | 'collect.unknown-source' | 'collect.source-away' | 'use.unknown-purpose' | 'use.not-your-purpose' | 'use.reason-missing' | 'answer.unknown-person' | 'answer.unknown-item' | 'answer.needed-item' | 'answer.not-objectable' | 'answer.no-consent' | 'answer.nothing-to-renew' | 'answer.address-taken' | 'answer.held' | 'answer.unknown-hold' | 'answer.unknown-receipt' | 'answer.past-receipt' | 'bulk.unknown-act' | 'bulk.nothing-chosen' | 'bulk.too-many' | 'bulk.unknown-run' | 'customers.no-agreement' | 'customers.nothing-to-resume' | 'customers.no-profile' | 'customers.unknown-client' | 'customers.right-missing' | 'customers.resting' | 'customers.bad-number' | 'customers.unknown-user' | 'customers.already-user' | 'customers.last-owner' | 'customers.unknown-level' | 'customers.built-in-level' | 'customers.level-in-use' | 'customers.unknown-right' | 'customers.unknown-invitation' | 'customers.invitation-spent' | 'customers.unknown-module' | 'customers.module-taken' | 'customers.module-not-taken' | 'customers.last-module' | 'customers.unknown-document' | 'customers.not-in-force' | 'customers.no-offer' | 'companies.invalid-number' | 'companies.unknown' | 'companies.removed' | 'companies.sole-proprietor' | 'companies.not-usable' | 'companies.feed-stuck' | 'companies.not-kept' | 'billing.unknown-plan' | 'billing.no-subscription' | 'billing.unknown-invoice' | 'billing.too-much' | 'billing.not-due' | 'billing.nothing-noted' | 'billing.reminded' | 'billing.nobody-to-remind' | 'billing.no-provider' | 'billing.provider-away' | 'billing.unsigned' | 'billing.not-ehf' | 'billing.settled' | 'statement.unknown-version' | 'identity.link-spent' | 'identity.signed-out' | 'identity.prove-again' | 'identity.second-factor' | 'identity.wait' | 'identity.wrong-factor' | 'identity.wrong-code' | 'identity.wrong-passkey' | 'identity.short-password' | 'identity.common-password' | 'identity.unknown-factor' | 'identity.factor-taken' | 'identity.needed-factor' | 'identity.unknown-provider' | 'identity.wrong-provider' | 'identity.provider-away' | 'identity.unknown-session' | 'identity.last-administrator' | 'identity.role-missing' | 'integrations.token-refused' | 'integrations.out-of-scope' | 'integrations.unknown-scope' | 'integrations.too-many-tokens' | 'integrations.unknown-token' | 'newsletter.unknown-topic' | 'newsletter.link-spent' | 'http.malformed' | 'http.invalid-field' | 'http.too-large' | 'http.media-type' | 'http.cross-site' | 'http.not-found' | 'http.method' | 'http.stale' | 'http.key-reused' | 'http.key-in-use' | 'http.too-many' | 'http.database-away' | 'http.failed';
  /** One sentence; never holds what was sent. */
  detail: string;
  /** Which fields, by name; never by value. */
  fields?: Array<{
    field: string;
    reason: string;
  }>;
};

export type ProfileAnswer = {
  /** Number of the profile if the address was new, a number that leads nowhere otherwise. */
  person: string;
  statement: string;
};

export type PromisesAnswer = {
  statement: string;
  checkedAt: string | null;
  promises: number;
  holds: number;
  broken: number;
  notYet: number;
  unknown: number;
  clauses: PublicPromise[];
};

export type ProofAnswer = {
  /** True when at least one check ran and none found anything. */
  ok: boolean;
  statement: string;
  at: string;
  checks: Array<{
    clause: string;
    title: string;
    titleNb: string;
    ok: boolean;
    /** How often something was found that the clause rules out. */
    found: number;
    /** In how many different ways. */
    kinds: number;
    detail: string;
    looked: Text;
    /** The code of what kept the check from being carried out. */
    unseen?: string;
  }>;
  notYet: Array<{
    clause: string;
    title: string;
    why: string;
    whyNb: string;
  }>;
};

export type Prose = {
  language: 'nb' | 'en';
  title: string;
  sections: Array<{
    /** Anchor of the section: the id of its first clause when it has one. */
    id: string;
    heading: string;
    level: 2 | 3;
    clauses: string[];
    blocks: Array<{
      kind: 'paragraph';
      spans: Array<{
        kind: 'text' | 'strong' | 'fact';
        text: string;
      } | {
        kind: 'link';
        text: string;
        href: string;
      }>;
    } | {
      kind: 'list';
      items: Array<Array<{
        kind: 'text' | 'strong' | 'fact';
        text: string;
      } | {
        kind: 'link';
        text: string;
        href: string;
      }>>;
    } | {
      kind: 'table';
      caption: string;
      head: string[];
      rows: Array<string[]>;
    }>;
  }>;
  /** Paths of the rules that the text shows. */
  mentions?: string[];
};

export type Providers = {
  providers: Array<{
    id: string;
    name: Text;
  }>;
};

export type PublicPromise = {
  clause: string;
  title: Text;
  /** `unknown` until a server has proved the version in force. */
  state: 'holds' | 'broken' | 'not-yet' | 'unknown';
  checkedAt: string | null;
  checks: Array<{
    title: Text;
    ok: boolean;
    /** In how many ways it is broken; what they are is for the operator. */
    kinds: number;
    looked: Text;
  }>;
  /** Why nothing can show it yet. */
  why?: Text;
};

export type PurposeState = {
  purpose: string;
  label: Text;
  basis: 'A6-1-a' | 'A6-1-b' | 'A6-1-c' | 'A6-1-d' | 'A6-1-e' | 'A6-1-f';
  clause: string;
  /** True when data on the person is kept for it now. */
  active: boolean;
  objection: {
    since: string;
  } | null;
  /** An objection can be made (basis A6-1-e or f, or marketing). */
  objectable: boolean;
  consent: {
    since: string;
  } | null;
};

export type Receipt = {
  format: 'hjemmel-receipt/1';
  body: {
    kind: 'erasure' | 'consent';
    id: string;
    person: string;
    at: string;
    statement: string;
    operator: string;
    ground?: string;
    /** Number of the receipt that this one follows up. */
    earlier?: string;
    goes?: Array<{
      category: string;
      count: number;
    }>;
    stays?: Array<{
      what: Text;
      count?: number;
      why: Text;
      clause: string;
      until?: string | null;
    }>;
    consent?: {
      purpose: string;
      state: string;
      words: string;
      language: 'nb' | 'en';
      surface: string;
      method: string;
    };
  };
  /** As it stands in the journal. */
  entry: {
    id: number;
    at: string;
    gate: string;
    act: string;
    person?: string;
    actor: string;
    actorId?: string;
    purpose?: string;
    statement: string;
    /** Hexadecimal. */
    digest?: string;
  };
  inclusion: {
    index: number;
    size: number;
    /** Hexadecimal. */
    leaf: string;
    path: string[];
  };
  /** The sealed run of the journal that it stands in. */
  block: {
    number: number;
    first: number;
    last: number;
    /** Hexadecimal. */
    root: string;
    /** Hexadecimal. */
    previous: string;
    sealedAt: string;
    key: string;
  };
  /** Ed25519 over the block and the size of its tree as canonical JSON; base64url. */
  signature: string;
  /** SPKI DER, base64url. */
  publicKey: string;
  /** Numbers of the receipts that follow it up; no signature covers it. */
  later?: string[];
};

export type RecoveryCodes = {
  codes: string[];
};

export type RoleGiven = {
  person: string;
  role: 'privacy' | 'administrator' | 'marketing' | 'courses' | 'support' | 'finance';
};

export type RunsAnswer = {
  runs: Array<{
    at: string;
    statement: string;
    ok: boolean;
    /** Clauses. */
    holds: number;
    broken: number;
    notYet: number;
    changed: boolean;
    /** Milliseconds. */
    took: number;
  }>;
};

export type SalesAnswer = {
  invoices: Array<{
    /** Number of the document, an invoice or a credit note. */
    invoice: string;
    kind: 'invoice' | 'credit';
    number: number;
    date: string;
    due: string | null;
    /** When a reminder of the invoice went out: once at most. */
    reminded: string | null;
    net: number;
    vat: number;
    /** With VAT. */
    total: number;
    /** What is left to pay of an invoice; below 0 when there is money coming. */
    left: number;
    /** What of an invoice has been credited, without VAT. */
    credited: number;
    /** Number of the invoice that a credit note credits. */
    credits: number | null;
    client: string;
    buyer: string;
  }>;
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type SessionAnswer = {
  person: string;
  roles: string[];
  expiresAt: string;
  freshUntil: string;
  /** Seconds until then. */
  freshFor: number;
  lacks: 'proof' | 'set-up' | null;
};

export type Sessions = {
  sessions: Array<{
    id: string;
    current: boolean;
    beganAt: string;
    /** To about five minutes. */
    usedAt: string;
    expiresAt: string;
    means: Array<'link' | 'local' | 'password' | 'code' | 'recovery' | 'passkey' | 'provider'>;
  }>;
};

export type SideSection = {
  id: string;
  level: 2 | 3;
  clauses: string[];
  heading: string;
  state: 'same' | 'changed' | 'added' | 'removed';
  rows: Array<{
    kind: 'text' | 'item' | 'row';
    before: Array<{
      kind: 'same' | 'removed' | 'added';
      text: string;
    }> | null;
    after: Array<{
      kind: 'same' | 'removed' | 'added';
      text: string;
    }> | null;
  }>;
};

export type StaffAnswer = {
  staff: Array<{
    person: string;
    name: string | null;
    roles: Array<{
      role: 'privacy' | 'administrator' | 'marketing' | 'courses' | 'support' | 'finance';
      since: string;
    }>;
  }>;
};

export type StaffRequest = {
  email: string;
  /** Needed of whom none is held. */
  name?: string;
  role: 'privacy' | 'administrator' | 'marketing' | 'courses' | 'support' | 'finance';
  language?: 'nb' | 'en';
};

export type StandingAnswer = {
  state: 'none';
} | {
  state: 'active';
  since: string;
  modules: string[];
} | {
  state: 'grace';
  ended: string;
  /** When a letter says that the end is near. */
  told: string | null;
  /** The last day on which it can be taken up again. */
  until: string;
  modules: string[];
};

export type StandingHold = {
  id: string;
  since: string;
  /** Its last day; null when it stands until it is released. */
  until: string | null;
  /** The last day on which it must have been looked at again. */
  review: string | null;
  told: boolean;
  /** The law by which the person is not told; null when they are. */
  untold: string | null;
  /** Number of the staff member who placed it, or `command-line`; null to the person. */
  author: string | null;
  person: string;
  /** True when it should have been looked at again by now. */
  overdue: boolean;
};

export type Statement = {
  /** Version and revision, in quotes. */
  version: string;
  /** Date of the last update. */
  updated: string;
  /** The controller. */
  operator: {
    /** Name of the controller, art. 13(1)(a). */
    name: string;
    /** Country of the controller, ISO 3166. */
    country: string;
    /** Every domain of this one legal party. */
    hosts: string[];
    /** Where the duty is reached. */
    mailbox: string;
    /** Roles on duty; never names of persons. */
    duties: Record<string, {
      nb: string;
      en: string;
    }>;
    /** The supervisory authority. */
    authority: {
      /** Name of the supervisory authority, art. 13(2)(d). */
      name: string;
      /** Where to complain. */
      url: string;
    };
    /** Age at which one consents for oneself, art. 8. */
    consentAge: number;
    /** Whether there are decisions under art. 22. */
    automatedDecisions: boolean;
    /** How automated decisions come about and what they mean for the person. */
    automatedLogic?: {
      nb: string;
      en: string;
    };
    /** Address of the data protection officer. */
    officer?: string;
    /** Last day of the fiscal year, month and day in quotes; left out: "12-31". */
    fiscalYearEnd?: string;
  };
  /** Every promise, by its stable id. */
  clauses: Record<string, {
    /** What the clause is called. */
    title: {
      nb: string;
      en: string;
    };
  }>;
  /** What is kept on people and companies. */
  categories: Record<string, {
    /** What people see it called, in both languages. */
    label: {
      nb: string;
      en: string;
    };
    /** Term of the W3C Data Privacy Vocabulary. */
    dpv: string;
    /** Who decides over it: you, or a client of yours. */
    role: 'controller' | 'processor';
    /** How it came to be; decides what portability covers, art. 20. */
    origin: 'provided' | 'observed' | 'derived' | 'third-party';
    /** The clause that promises it. */
    clause: string;
  }>;
  /** Where it comes from. */
  sources: Record<string, {
    /** What people see it called, in both languages. */
    label: {
      nb: string;
      en: string;
    };
    /** Given by the person, observed, or from others. */
    kind: 'given' | 'observed' | 'third-party';
    /** The clause that promises it. */
    clause: string;
    /** Publicly accessible, art. 14(2)(f). */
    public?: boolean;
  }>;
  /** What it is used for. */
  purposes: Record<string, {
    /** What people see it called, in both languages. */
    label: {
      nb: string;
      en: string;
    };
    /** What staff see it called, where the label speaks to the person. */
    labelForStaff?: {
      nb: string;
      en: string;
    };
    /** The clause that promises it. */
    clause: string;
    /** Legal basis, GDPR art. 6(1). */
    basis: 'A6-1-a' | 'A6-1-b' | 'A6-1-c' | 'A6-1-d' | 'A6-1-e' | 'A6-1-f';
    /** Term of the W3C Data Privacy Vocabulary. */
    dpv: string;
    /** The categories this purpose needs; its database role reads no other. */
    reads: string[];
    /** The interest pursued; demanded with A6-1-f. */
    interest?: {
      nb: string;
      en: string;
    };
    /** Direct marketing: an objection always wins, art. 21(3). */
    marketing?: boolean;
    /** Why use goes on while a person is restricted, art. 18(2). Left out: it stops. */
    duringRestriction?: {
      nb: string;
      en: string;
    };
    /** Used for one client at a time; its database role sees no other client’s rows. */
    scope?: 'client';
  }>;
  /** The only ways in. */
  points: Record<string, {
    /** What people see it called, in both languages. */
    label: {
      nb: string;
      en: string;
    };
    /** The clause that promises it. */
    clause: string;
    /** What is collected here is kept for this. */
    purpose: string;
    /** Where it comes from. */
    source: string;
    /** What may enter here, and whether it must be given, art. 13(2)(e). */
    asks: Record<string, 'required' | 'optional'>;
    /** Exact words of the consent; demanded with A6-1-a. */
    consent?: {
      nb: string;
      en: string;
    };
    /** What follows from not giving it. */
    without: {
      nb: string;
      en: string;
    };
  }>;
  /** Moments that storage periods start from. */
  clocks: Record<string, {
    /** What people see it called, in both languages. */
    label: {
      nb: string;
      en: string;
    };
    /** The latest over all of a person’s rows, and none while one is open. */
    latest?: boolean;
  }>;
  /** How long it stays. */
  storage: Record<string, {
    /** The clause that promises it. */
    clause: string;
    /** Kept for these purposes. */
    purposes: string[];
    /** The categories; left out: all that the purposes collect. */
    categories?: string[];
    /** The moment the period starts from. */
    clock: string;
    /** ISO 8601 duration such as P18M; P0D is at once. */
    period: string;
    /** What happens then; hold and hash outlast an erasure until the period is over, archive moves what a hold covers. */
    end: 'delete' | 'anonymise' | 'hold' | 'hash' | 'archive';
    /** Why just so long. */
    why: {
      nb: string;
      en: string;
    };
    /** How long before the end the person is told of it. */
    notice?: string;
    /** An objection ends the period at once. */
    endsOnObjection?: boolean;
  }>;
  /** Who else gets it; {} when nobody does. */
  recipients: Record<string, {
    /** Who it is. */
    name: string;
    /** In which capacity it gets the data. */
    kind: 'processor' | 'controller' | 'authority';
    /** Where it handles the data, ISO 3166. */
    country: string;
    /** What it gets the data for. */
    purposes: string[];
    /** What it gets. */
    categories: string[];
    /** Ground for leaving the EEA, art. 44-49. */
    transfer?: string;
  }>;
  /** What is stored on a visitor’s device. */
  cookies: Record<string, {
    /** What it is for. */
    purpose: string;
    /** What people see it called, in both languages. */
    label: {
      nb: string;
      en: string;
    };
    /** ISO 8601 duration, or session. */
    life: string;
    /** Strictly necessary for what the visitor asked for, ekomloven § 3-15. */
    necessary: boolean;
  }>;
  /** Other time limits that the text promises. */
  deadlines?: Record<string, {
    /** What people see it called, in both languages. */
    label: {
      nb: string;
      en: string;
    };
    /** The clause that promises it. */
    clause: string;
    /** ISO 8601 duration. */
    period: string;
  }>;
  /** Figures that stay when the people they were made of are gone. */
  anonymising?: {
    /** The fewest people that a group may have for its number to be kept. */
    people: number;
  };
};

export type StatementAnswer = {
  version: string;
  updated: string;
  /** SHA-256 over all of it. */
  fingerprint: string;
  appliedAt: string;
  /** The rules; most of them are left out of the example. */
  statement: Statement;
  prose: {
    nb: Prose;
    en: Prose;
  };
  versions: Array<{
    version: string;
    appliedAt: string;
    /** When it took or takes effect. */
    effectiveAt: string;
    /** When it was taken back before that; null when it was not. */
    withdrawnAt: string | null;
    /** SHA-256 over all of it. */
    fingerprint: string;
  }>;
  coming: ComingAnswer | null;
};

export type SubscriptionAnswer = {
  plan: string;
  label: Text;
  span: 'month' | 'year';
  since: string;
  /** The first day that is paid for, while it has not come. */
  freeUntil: string | null;
  next: {
    /** When it is drawn. */
    on: string;
    lines: Array<{
      what: string;
      from: string;
      /** The last day. */
      to: string;
      /** Below 0 where it is given back. */
      net: number;
      /** Rate of VAT in per cent. */
      rate: number;
    }>;
    net: number;
    vat: number;
    /** With VAT. */
    total: number;
  };
};

export type Text = {
  nb: string;
  en: string;
};

export type Token = {
  id: string;
  /** Which system it is for: small letters, digits and hyphens. */
  name: string;
  /** What it may do: purposes of the statement, or rights in the client. */
  scopes: string[];
  madeAt: string;
  /** Number of the person who answers for it. */
  madeBy: string;
  expiresAt: string;
  /** When it was ended before its time; null when it was not. */
  endedAt: string | null;
  /** The last day on which it was used; no closer moment is kept. */
  lastUsedOn: string | null;
};

export type TokenMade = {
  id: string;
  /** Which system it is for: small letters, digits and hyphens. */
  name: string;
  /** What it may do: purposes of the statement, or rights in the client. */
  scopes: string[];
  madeAt: string;
  /** Number of the person who answers for it. */
  madeBy: string;
  expiresAt: string;
  /** When it was ended before its time; null when it was not. */
  endedAt: string | null;
  /** The last day on which it was used; no closer moment is kept. */
  lastUsedOn: string | null;
  /** The key: `Authorization: Bearer …`. It is told here and never again. */
  token: string;
};

export type TokensAnswer = {
  tokens: Token[];
  /** Purposes that a key can be given. */
  offered: string[];
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type TopicsAnswer = {
  topics: Array<{
    id: string;
    label: Text;
    about: Text;
  }>;
};

export type UserAnswer = {
  person: string;
  /** Null for who is no user any more. */
  name: string | null;
  email: string | null;
  /** The name of a level that every client has, or the number of one of the client’s own; `key` for a key. */
  level: string;
  levelName: Text;
  since: string;
  you: boolean;
};

export type UsersAnswer = {
  users: UserAnswer[];
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
};

export type VersionAnswer = {
  version: string;
  updated: string;
  /** SHA-256 over all of it. */
  fingerprint: string;
  /** The rules; most of them are left out of the example. */
  statement: Statement;
  prose: {
    nb: Prose;
    en: Prose;
  };
};

export type VersionsAnswer = {
  current: string;
  coming: ComingAnswer | null;
  versions: Array<{
    version: string;
    appliedAt: string;
    /** When it took or takes effect. */
    effectiveAt: string;
    /** When it was taken back before that; null when it was not. */
    withdrawnAt: string | null;
    /** SHA-256 over all of it. */
    fingerprint: string;
  }>;
};

/** Every operation, by method and path. */
export interface Operations {
  /** Ends the subscription. It can be taken up again for as long as the statement says. */
  'DELETE /clients/{client}': {
    path: { client: string };
    answer: ClientAnswer;
    refuses: 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'http.stale' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Takes an invitation back; what was given for it is forgotten at once. */
  'DELETE /clients/{client}/invitations/{invitation}': {
    path: { client: string; invitation: string };
    answer: undefined;
    refuses: 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'customers.unknown-invitation' | 'http.cross-site' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Takes an access level of the client’s own away, which nobody has. */
  'DELETE /clients/{client}/levels/{level}': {
    path: { client: string; level: string };
    answer: undefined;
    refuses: 'answer.held' | 'customers.built-in-level' | 'customers.level-in-use' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'customers.unknown-level' | 'customers.unknown-right' | 'http.cross-site' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Drops a module; the last one is refused, since the subscription ends with it. */
  'DELETE /clients/{client}/modules/{module}': {
    path: { client: string; module: string };
    answer: ClientModulesAnswer;
    refuses: 'customers.last-module' | 'customers.module-not-taken' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Takes an offer of the ownership back. For the owner. */
  'DELETE /clients/{client}/ownership': {
    path: { client: string };
    answer: ClientAnswer;
    refuses: 'answer.held' | 'customers.no-agreement' | 'customers.no-offer' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Forgets the card. */
  'DELETE /clients/{client}/payment-method': {
    path: { client: string };
    answer: undefined;
    refuses: 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'http.stale' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Ends a key of the client, at once. */
  'DELETE /clients/{client}/tokens/{token}': {
    path: { client: string; token: string };
    answer: undefined;
    refuses: 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.unknown-token';
  };
  /** Ends somebody’s use of the account: by whoever manages users, or by themselves. */
  'DELETE /clients/{client}/users/{person}': {
    path: { client: string; person: string };
    answer: undefined;
    refuses: 'customers.last-owner' | 'customers.no-agreement' | 'customers.unknown-client' | 'customers.unknown-user' | 'http.cross-site' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Says no to an invitation; what was given for it is forgotten at once. */
  'DELETE /invitations/{token}': {
    path: { token: string };
    answer: undefined;
    refuses: 'customers.invitation-spent' | 'http.cross-site' | 'http.database-away' | 'http.stale' | 'http.too-many';
  };
  /** Erases the person and ends the session. Answers with the number of a signed receipt. */
  'DELETE /me': {
    answer: ErasureAnswer;
    refuses: 'answer.held' | 'http.cross-site' | 'http.database-away' | 'http.stale' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Lets go of a company with its key figures. */
  'DELETE /me/companies/{id}': {
    path: { id: string };
    answer: undefined;
    refuses: 'companies.not-kept' | 'http.cross-site' | 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Withdraws a consent, in one step (art. 7(3)). */
  'DELETE /me/consents/{purpose}': {
    path: { purpose: string };
    answer: LeaveAnswer;
    refuses: 'answer.held' | 'answer.no-consent' | 'http.cross-site' | 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Removes a way of signing in; recovery codes go with the last second factor. */
  'DELETE /me/factors/{factor}': {
    path: { factor: string };
    answer: Factors;
    refuses: 'http.cross-site' | 'http.database-away' | 'identity.needed-factor' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out' | 'identity.unknown-factor';
  };
  /** Says no to one of them; what was given for it is forgotten at once. */
  'DELETE /me/invitations/{invitation}': {
    path: { invitation: string };
    answer: undefined;
    refuses: 'customers.invitation-spent' | 'http.cross-site' | 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Takes one value away that nothing else needs. */
  'DELETE /me/items/{item}': {
    path: { item: string };
    answer: AccessAnswer;
    refuses: 'answer.needed-item' | 'answer.unknown-item' | 'http.cross-site' | 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Takes an objection back. */
  'DELETE /me/objections/{purpose}': {
    path: { purpose: string };
    answer: AccessAnswer;
    refuses: 'answer.not-objectable' | 'http.cross-site' | 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Lifts the restriction. */
  'DELETE /me/restriction': {
    answer: AccessAnswer;
    refuses: 'http.cross-site' | 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Ends all of the person’s sessions but this one. */
  'DELETE /me/sessions': {
    answer: undefined;
    refuses: 'http.cross-site' | 'http.database-away' | 'http.stale' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Ends one of the person’s sessions. */
  'DELETE /me/sessions/{session}': {
    path: { session: string };
    answer: undefined;
    refuses: 'http.cross-site' | 'http.database-away' | 'identity.second-factor' | 'identity.signed-out' | 'identity.unknown-session';
  };
  /** Says no to a confirmation; what was given for it goes at once. */
  'DELETE /newsletter/confirmations/{token}': {
    path: { token: string };
    answer: LeaveAnswer;
    refuses: 'answer.held' | 'http.cross-site' | 'http.database-away' | 'http.stale' | 'http.too-many' | 'newsletter.link-spent';
  };
  /** Leaves the newsletter, in one step. */
  'DELETE /newsletter/preferences/{token}': {
    path: { token: string };
    answer: LeaveAnswer;
    refuses: 'answer.held' | 'http.cross-site' | 'http.database-away' | 'http.stale' | 'http.too-many' | 'newsletter.link-spent';
  };
  /** Erases a person (art. 17). Answers with the number of a signed receipt. */
  'DELETE /persons/{person}': {
    path: { person: string };
    answer: ErasureAnswer;
    refuses: 'answer.held' | 'answer.unknown-person' | 'http.cross-site' | 'http.database-away' | 'http.stale' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Releases a hold: what was due meanwhile goes at the next round of keeping. */
  'DELETE /persons/{person}/holds/{hold}': {
    path: { person: string; hold: string };
    answer: undefined;
    refuses: 'answer.unknown-hold' | 'answer.unknown-person' | 'http.cross-site' | 'http.database-away' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Ends the session. */
  'DELETE /sessions/current': {
    answer: undefined;
    refuses: 'http.cross-site' | 'http.database-away' | 'http.stale' | 'identity.signed-out';
  };
  /** Takes a role away, from their next request on; they are told by letter. */
  'DELETE /staff/{person}/roles/{role}': {
    path: { person: string; role: string };
    answer: undefined;
    refuses: 'answer.unknown-person' | 'http.cross-site' | 'http.database-away' | 'identity.last-administrator' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Ends a key, at once. */
  'DELETE /tokens/{token}': {
    path: { token: string };
    answer: undefined;
    refuses: 'http.cross-site' | 'http.database-away' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.unknown-token';
  };
  /** Clients: those that run, those on trial, or those that have ended. Each look is shown to the owner. */
  'GET /accounts': {
    query: { which?: 'running' | 'trial' | 'ended'; sort?: '-since' | 'since'; module?: string; cursor?: string; limit?: number };
    answer: AccountsAnswer;
    refuses: 'customers.unknown-module' | 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'use.not-your-purpose';
  };
  /** The whole list of clients as comma-separated values. Asks for a reason; each look is shown to the owner. */
  'GET /accounts/file': {
    query: { which?: 'running' | 'trial' | 'ended'; sort?: '-since' | 'since'; module?: string; reason?: 'asked' | 'request' | 'agreement' | 'error' | 'security' | 'duty' };
    answer: Uint8Array;
    refuses: 'customers.unknown-module' | 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'use.not-your-purpose' | 'use.reason-missing';
  };
  /** A client with its users, its plan and what was accepted. Each look is shown to each of them. */
  'GET /accounts/{account}': {
    path: { account: string };
    answer: AccountAnswer;
    refuses: 'customers.unknown-client' | 'http.database-away' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'use.not-your-purpose';
  };
  /** What the users have done with a client’s account, newest first. */
  'GET /accounts/{account}/log': {
    path: { account: string };
    query: { cursor?: string; limit?: number };
    answer: ClientLogAnswer;
    refuses: 'customers.unknown-client' | 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'use.not-your-purpose';
  };
  /** Runs of the last 30 days, the newest first: those of acts that the caller may, whoever began them. */
  'GET /bulk-runs': {
    query: { cursor?: string; limit?: number };
    answer: BulkRunsAnswer;
    refuses: 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** How far a run has come, and what came of each row. */
  'GET /bulk-runs/{run}': {
    path: { run: string };
    query: { cursor?: string; limit?: number };
    answer: BulkRunAnswer;
    refuses: 'bulk.unknown-act' | 'bulk.unknown-run' | 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Clients that whoever is signed in uses, and those that can be taken up again. */
  'GET /clients': {
    query: { cursor?: string; limit?: number };
    answer: ClientsAnswer;
    refuses: 'http.database-away' | 'http.invalid-field' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** A client as the caller may see it. */
  'GET /clients/{client}': {
    path: { client: string };
    answer: ClientAnswer;
    refuses: 'customers.resting' | 'customers.unknown-client' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** The documents of the client: the version in force of each, and which was accepted last. */
  'GET /clients/{client}/acceptances': {
    path: { client: string };
    answer: AcceptancesAnswer;
    refuses: 'customers.no-agreement' | 'customers.unknown-client' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Everything that is kept for the client, table by table, opened. */
  'GET /clients/{client}/export': {
    path: { client: string };
    answer: ClientExport;
    refuses: 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Invitations that wait for an answer. */
  'GET /clients/{client}/invitations': {
    path: { client: string };
    query: { cursor?: string; limit?: number };
    answer: InvitationsAnswer;
    refuses: 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.database-away' | 'http.invalid-field' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Invoices and credit notes of a client, newest first. */
  'GET /clients/{client}/invoices': {
    path: { client: string };
    query: { cursor?: string; limit?: number };
    answer: InvoicesAnswer;
    refuses: 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.database-away' | 'http.invalid-field' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** An invoice or a credit note, with its lines and what has settled it. */
  'GET /clients/{client}/invoices/{invoice}': {
    path: { client: string; invoice: string };
    answer: InvoiceAnswer;
    refuses: 'billing.unknown-invoice' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** The same as EHF (Peppol BIS Billing 3.0), for an accounting system. */
  'GET /clients/{client}/invoices/{invoice}/ehf': {
    path: { client: string; invoice: string };
    answer: Uint8Array;
    refuses: 'billing.not-ehf' | 'billing.unknown-invoice' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** The same as a PDF. */
  'GET /clients/{client}/invoices/{invoice}/paper': {
    path: { client: string; invoice: string };
    query: { language?: 'nb' | 'en' };
    answer: Uint8Array;
    refuses: 'billing.unknown-invoice' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.database-away' | 'http.invalid-field' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Access levels of the client, the built-in ones first, and every right that a level can hold. */
  'GET /clients/{client}/levels': {
    path: { client: string };
    answer: LevelsAnswer;
    refuses: 'customers.no-agreement' | 'customers.unknown-client' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** What the users have done with the account, newest first. */
  'GET /clients/{client}/log': {
    path: { client: string };
    query: { cursor?: string; limit?: number };
    answer: ClientLogAnswer;
    refuses: 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.database-away' | 'http.invalid-field' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Every module, and since when the client has it. */
  'GET /clients/{client}/modules': {
    path: { client: string };
    answer: ClientModulesAnswer;
    refuses: 'customers.no-agreement' | 'customers.unknown-client' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Whether invoices can be paid on a provider’s page, and the card that was paid with last, masked. */
  'GET /clients/{client}/payment-method': {
    path: { client: string };
    answer: PaymentMethodAnswer;
    refuses: 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** The plan that a client has, and what its next invoice will say. */
  'GET /clients/{client}/subscription': {
    path: { client: string };
    answer: SubscriptionAnswer;
    refuses: 'billing.no-subscription' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.database-away' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** What a change of plan would put on the next invoice. It changes nothing. */
  'GET /clients/{client}/subscription/preview': {
    path: { client: string };
    query: { plan?: string; span?: 'month' | 'year' };
    answer: PreviewAnswer;
    refuses: 'billing.no-subscription' | 'billing.unknown-plan' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.database-away' | 'http.invalid-field' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Keys that the client’s systems call by, newest first, those that are over among them. No key is told. */
  'GET /clients/{client}/tokens': {
    path: { client: string };
    query: { cursor?: string; limit?: number };
    answer: ClientTokensAnswer;
    refuses: 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.database-away' | 'http.invalid-field' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Users of the client. */
  'GET /clients/{client}/users': {
    path: { client: string };
    query: { cursor?: string; limit?: number };
    answer: UsersAnswer;
    refuses: 'customers.no-agreement' | 'customers.unknown-client' | 'http.database-away' | 'http.invalid-field' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Finds companies in Enhetsregisteret by a part of the name, or one by its number, the likeliest on top. Nothing is stored. */
  'GET /companies': {
    query: { q?: string };
    answer: CompaniesAnswer;
    refuses: 'collect.invalid-field' | 'collect.missing-field' | 'collect.national-identity-number' | 'collect.source-away' | 'collect.unknown-source' | 'companies.invalid-number' | 'http.database-away' | 'http.invalid-field' | 'http.too-many';
  };
  /** A company by its organisation number, with its latest key figures. Nothing is stored. */
  'GET /companies/{number}': {
    path: { number: string };
    answer: CompanyAnswer;
    refuses: 'collect.source-away' | 'collect.unknown-source' | 'companies.invalid-number' | 'companies.removed' | 'companies.unknown' | 'http.database-away' | 'http.too-many';
  };
  /** The agreement, or the data-processing agreement (art. 28(3)): the version in force, or the one named. */
  'GET /documents/{document}': {
    path: { document: string };
    query: { version?: string };
    answer: DocumentAnswer;
    refuses: 'customers.unknown-document' | 'http.database-away' | 'http.invalid-field';
  };
  /** What leaves in the next `days` (90 when not given, 366 at most), by clause and by date. */
  'GET /forecast': {
    query: { days?: number };
    answer: ForecastAnswer;
    refuses: 'http.database-away' | 'http.invalid-field' | 'http.too-many' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** The rows behind one clause of the forecast: numbers of people and dates, and no value. */
  'GET /forecast/{clause}': {
    path: { clause: string };
    query: { days?: number };
    answer: OpenedAnswer;
    refuses: 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Every hold that stands, those to be looked at first on top; no reason is opened. */
  'GET /holds': {
    answer: HoldsAnswer;
    refuses: 'http.database-away' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** What an invitation is to, for whoever has its link. Changes nothing. */
  'GET /invitations/{token}': {
    path: { token: string };
    answer: InvitationView;
    refuses: 'customers.invitation-spent' | 'http.database-away' | 'http.too-many';
  };
  /** Invoices and credit notes of every client, newest first: all, those not paid, or those that should be. */
  'GET /invoices': {
    query: { which?: 'open' | 'due' | 'all'; client?: string; cursor?: string; limit?: number };
    answer: SalesAnswer;
    refuses: 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** The same list as comma-separated values, amounts in kroner: for the books. */
  'GET /invoices/file': {
    query: { which?: 'open' | 'due' | 'all'; client?: string };
    answer: Uint8Array;
    refuses: 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** What was invoiced each month, and what is left to pay. */
  'GET /invoices/months': {
    query: { months?: number };
    answer: MonthsAnswer;
    refuses: 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** An invoice or a credit note, with its lines and what has settled it. */
  'GET /invoices/{invoice}': {
    path: { invoice: string };
    answer: InvoiceAnswer;
    refuses: 'billing.unknown-invoice' | 'http.database-away' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** The same as EHF (Peppol BIS Billing 3.0), for an accounting system. */
  'GET /invoices/{invoice}/ehf': {
    path: { invoice: string };
    answer: Uint8Array;
    refuses: 'billing.not-ehf' | 'billing.unknown-invoice' | 'http.database-away' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** The same as a PDF. */
  'GET /invoices/{invoice}/paper': {
    path: { invoice: string };
    query: { language?: 'nb' | 'en' };
    answer: Uint8Array;
    refuses: 'billing.unknown-invoice' | 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** The public key that receipts are checked with. */
  'GET /journal/key': {
    answer: KeyAnswer;
    refuses: 'http.database-away';
  };
  /** The last rounds of keeping, newest first: what each took, and how far one under way has come. */
  'GET /keep-rounds': {
    answer: KeepRoundsAnswer;
    refuses: 'http.database-away' | 'http.too-many' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Everything held on the signed-in person. */
  'GET /me': {
    answer: AccessAnswer;
    refuses: 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** The companies that whoever is signed in has asked us to know, with source and date. */
  'GET /me/companies': {
    answer: MyCompaniesAnswer;
    refuses: 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** What an erasure would take and leave, and why. */
  'GET /me/erasure': {
    answer: ErasurePreview;
    refuses: 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Everything held on the signed-in person, as a zip: data.json, index.html and the receipts. */
  'GET /me/export': {
    answer: Uint8Array;
    refuses: 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** What the person signs in with: kind, name, since when, used when; and how many recovery codes are left. */
  'GET /me/factors': {
    answer: Factors;
    refuses: 'http.database-away' | 'identity.signed-out';
  };
  /** Invitations that wait for whoever is signed in, by the address that they are signed in with. */
  'GET /me/invitations': {
    answer: MyInvitationsAnswer;
    refuses: 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Who looked at the person and what was done, newest first. */
  'GET /me/log': {
    query: { cursor?: string; limit?: number };
    answer: LogAnswer;
    refuses: 'http.database-away' | 'http.invalid-field' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Where the person is signed in: since when, used when, by which means, and which is this one. */
  'GET /me/sessions': {
    answer: Sessions;
    refuses: 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Modules that a client can take into use. */
  'GET /modules': {
    answer: ModuleCatalogueAnswer;
    refuses: 'http.database-away';
  };
  /** What a confirmation link asks. Changes nothing. */
  'GET /newsletter/confirmations/{token}': {
    path: { token: string };
    answer: ConfirmationView;
    refuses: 'http.database-away' | 'http.too-many' | 'newsletter.link-spent';
  };
  /** Topics and language behind the link in a letter. Shows no address. */
  'GET /newsletter/preferences/{token}': {
    path: { token: string };
    answer: PreferencesAnswer;
    refuses: 'http.database-away' | 'http.too-many' | 'newsletter.link-spent';
  };
  /** What letters can be about. */
  'GET /newsletter/topics': {
    answer: TopicsAnswer;
    refuses: 'http.database-away';
  };
  /** People with a profile. Each look is logged and shown to them. */
  'GET /people': {
    query: { which?: 'all' | 'customers' | 'others' | 'leaving'; sort?: '-active' | 'active' | '-made' | 'made'; cursor?: string; limit?: number };
    answer: PeopleAnswer;
    refuses: 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'use.not-your-purpose';
  };
  /** The whole list of people as comma-separated values. Asks for a reason; each look is logged and shown to them. */
  'GET /people/file': {
    query: { which?: 'all' | 'customers' | 'others' | 'leaving'; sort?: '-active' | 'active' | '-made' | 'made'; reason?: 'asked' | 'request' | 'agreement' | 'error' | 'security' | 'duty' };
    answer: Uint8Array;
    refuses: 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'use.not-your-purpose' | 'use.reason-missing';
  };
  /** A person as the customer relationship needs to see them. The look is logged and shown to them. */
  'GET /persons/{person}': {
    path: { person: string };
    answer: PersonAnswer;
    refuses: 'answer.unknown-person' | 'http.database-away' | 'http.too-many' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused' | 'use.not-your-purpose';
  };
  /** Clients that a person uses, or used and can take up again. Each look is shown to the owner. */
  'GET /persons/{person}/accounts': {
    path: { person: string };
    answer: AccountsFound;
    refuses: 'answer.unknown-person' | 'http.database-away' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'use.not-your-purpose';
  };
  /** Everything held on a person (art. 15). Asks for a reason, which they read in their log. */
  'GET /persons/{person}/items': {
    path: { person: string };
    query: { reason?: 'asked' | 'request' | 'agreement' | 'error' | 'security' | 'duty' };
    answer: AccessAnswer;
    refuses: 'answer.unknown-person' | 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'use.reason-missing';
  };
  /** What the statement files would do if they were applied now. Changes nothing. */
  'GET /plan': {
    answer: PlanAnswer;
    refuses: 'http.database-away' | 'http.too-many' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Plans and modules, and what they cost today. */
  'GET /prices': {
    answer: PricesAnswer;
    refuses: 'http.database-away';
  };
  /** Every promise of the statement in force, and whether the last proof found it kept. */
  'GET /promises': {
    answer: PromisesAnswer;
    refuses: 'http.database-away';
  };
  /** Checks every promise against the live data. */
  'GET /proof': {
    answer: ProofAnswer;
    refuses: 'http.database-away' | 'http.too-many' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Proofs that the server carried out by itself, oldest first. */
  'GET /proof/runs': {
    answer: RunsAnswer;
    refuses: 'http.database-away' | 'http.too-many' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** A signed receipt, by its number; the number is the key to it. */
  'GET /receipts/{id}': {
    path: { id: string };
    answer: Receipt;
    refuses: 'answer.past-receipt' | 'answer.unknown-receipt' | 'http.database-away';
  };
  /** Who is signed in with this browser. */
  'GET /sessions/current': {
    answer: SessionAnswer;
    refuses: 'http.database-away' | 'identity.signed-out';
  };
  /** Tells whether a sign-in link still works. Changes nothing. */
  'GET /sign-in/links/{token}': {
    path: { token: string };
    answer: undefined;
    refuses: 'http.database-away' | 'http.too-many' | 'identity.link-spent';
  };
  /** Whom else one can sign in with. */
  'GET /sign-in/providers': {
    answer: Providers;
    refuses: 'http.database-away';
  };
  /** The operator’s own people and their roles. Each look is logged and shown to them. */
  'GET /staff': {
    answer: StaffAnswer;
    refuses: 'http.database-away' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** The statement in force: rules, text in both languages, and the versions there have been. */
  'GET /statement': {
    answer: StatementAnswer;
    refuses: 'http.database-away';
  };
  /** Two versions of the text beside each other, word by word. */
  'GET /statement/comparisons': {
    query: { from: string; to: string; language?: 'nb' | 'en' };
    answer: ComparisonAnswer;
    refuses: 'http.database-away' | 'http.invalid-field' | 'statement.unknown-version';
  };
  /** Every version of the statement there has been, newest first, and the one that waits, if any. */
  'GET /statement/versions': {
    answer: VersionsAnswer;
    refuses: 'http.database-away';
  };
  /** One version of the statement: rules and text in both languages, as they were applied. */
  'GET /statement/versions/{version}': {
    path: { version: string };
    answer: VersionAnswer;
    refuses: 'http.database-away' | 'statement.unknown-version';
  };
  /** The operator’s keys for other systems, newest first, those that are over among them. No key is told. */
  'GET /tokens': {
    query: { cursor?: string; limit?: number };
    answer: TokensAnswer;
    refuses: 'http.database-away' | 'http.invalid-field' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Changes what the company is called, or where it is. */
  'PATCH /clients/{client}': {
    path: { client: string };
    body: {
      name?: string;
      /** Empty or null takes it away. */
      place?: string | null;
    };
    answer: ClientAnswer;
    refuses: 'collect.invalid-field' | 'collect.missing-field' | 'collect.national-identity-number' | 'collect.undeclared-field' | 'customers.no-agreement' | 'customers.resting' | 'customers.right-missing' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.stale' | 'http.too-large' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Changes an access level of the client’s own, for everybody who has it. */
  'PATCH /clients/{client}/levels/{level}': {
    path: { client: string; level: string };
    body: {
      name?: string;
      rights?: string[];
    };
    answer: LevelAnswer;
    refuses: 'collect.invalid-field' | 'collect.missing-field' | 'collect.undeclared-field' | 'customers.built-in-level' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'customers.unknown-level' | 'customers.unknown-right' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Gives a user another access level, from their next request on. */
  'PATCH /clients/{client}/users/{person}': {
    path: { client: string; person: string };
    body: {
      level: string;
    };
    answer: UserAnswer;
    refuses: 'collect.undeclared-field' | 'customers.last-owner' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'customers.unknown-level' | 'customers.unknown-right' | 'customers.unknown-user' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Corrects what is held. A new e-mail address takes effect when the link mailed to it is followed. */
  'PATCH /me': {
    body: {
      name?: string;
      email?: string;
      phone?: string | null;
      place?: string | null;
      company?: string | null;
      language?: 'nb' | 'en';
    };
    answer: AccessAnswer;
    refuses: 'answer.address-taken' | 'answer.needed-item' | 'collect.invalid-field' | 'collect.missing-field' | 'collect.national-identity-number' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.stale' | 'http.too-large' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Corrects what is held on a person (art. 16). */
  'PATCH /persons/{person}': {
    path: { person: string };
    body: {
      name?: string;
      email?: string;
      phone?: string | null;
      place?: string | null;
      company?: string | null;
      language?: 'nb' | 'en';
    };
    answer: undefined;
    refuses: 'answer.address-taken' | 'answer.needed-item' | 'answer.unknown-person' | 'collect.invalid-field' | 'collect.missing-field' | 'collect.national-identity-number' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.stale' | 'http.too-large' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Finds clients by the whole organisation number or name. In the body, so that neither stands in a URL. */
  'POST /account-searches': {
    body: {
      number: string;
    } | {
      name: string;
    };
    answer: AccountsFound;
    refuses: 'collect.undeclared-field' | 'customers.bad-number' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'use.not-your-purpose';
  };
  /** How many rows an act would be tried on. It changes nothing and looks at nobody. */
  'POST /bulk-counts': {
    body: {
      /** What to do with each: the name of a list and of the act. */
      act: string;
      /** Numbers of the rows that are meant. */
      rows?: string[];
      /** What the list is cut by, in place of `rows`: all that it finds. */
      choice?: Record<string, string>;
      /** In place of both: the rows that this earlier run did. */
      of?: string;
    };
    answer: BulkCountAnswer;
    refuses: 'bulk.too-many' | 'bulk.unknown-act' | 'collect.invalid-field' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Does one thing with many rows of a list. It goes on by itself; ask for the run to see how far it is. */
  'POST /bulk-runs': {
    body: {
      /** What to do with each: the name of a list and of the act. */
      act: string;
      /** Numbers of the rows that are meant. */
      rows?: string[];
      /** What the list is cut by, in place of `rows`: all that it finds. */
      choice?: Record<string, string>;
      /** In place of both: the rows that this earlier run did. */
      of?: string;
      /** For acts that are noted by a day. */
      date?: string;
    };
    answer: BulkBegunAnswer;
    refuses: 'bulk.nothing-chosen' | 'bulk.too-many' | 'bulk.unknown-act' | 'collect.invalid-field' | 'collect.missing-field' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Registers a company as a client: whoever asks is its owner, and accepts both documents for it. */
  'POST /clients': {
    body: {
      company: {
        name: string;
        number: string;
        place?: string;
      };
      /** At least one. */
      modules: string[];
      accept: AcceptedDocuments;
      /** True: the register is to fill in name and place of what was written by hand, once it answers. */
      complete?: boolean;
    };
    answer: ClientAnswer;
    refuses: 'collect.invalid-field' | 'collect.national-identity-number' | 'collect.undeclared-field' | 'customers.bad-number' | 'customers.no-profile' | 'customers.not-in-force' | 'customers.unknown-module' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Accepts the documents in force for the company. */
  'POST /clients/{client}/acceptances': {
    path: { client: string };
    body: {
      accept: AcceptedDocuments;
    };
    answer: AcceptancesAnswer;
    refuses: 'collect.undeclared-field' | 'customers.no-agreement' | 'customers.not-in-force' | 'customers.resting' | 'customers.right-missing' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Asks somebody by letter to be a user. The answer does not tell whether the address was known. */
  'POST /clients/{client}/invitations': {
    path: { client: string };
    body: {
      email: string;
      name?: string;
      level: string;
      /** Language of the letter. */
      language?: 'nb' | 'en';
    };
    answer: InvitationAnswer;
    refuses: 'collect.invalid-field' | 'collect.national-identity-number' | 'collect.undeclared-field' | 'customers.already-user' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'customers.unknown-level' | 'customers.unknown-right' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Makes a page of the payment provider’s to pay an invoice on. */
  'POST /clients/{client}/invoices/{invoice}/payment': {
    path: { client: string; invoice: string };
    answer: PageAnswer;
    refuses: 'billing.no-provider' | 'billing.provider-away' | 'billing.settled' | 'billing.unknown-invoice' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'http.key-in-use' | 'http.key-reused' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Makes an access level of the client’s own. */
  'POST /clients/{client}/levels': {
    path: { client: string };
    body: {
      name: string;
      rights: string[];
    };
    answer: LevelAnswer;
    refuses: 'collect.invalid-field' | 'collect.undeclared-field' | 'customers.no-agreement' | 'customers.resting' | 'customers.right-missing' | 'customers.unknown-client' | 'customers.unknown-right' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Takes a module into use. */
  'POST /clients/{client}/modules': {
    path: { client: string };
    body: {
      module: string;
    };
    answer: ClientModulesAnswer;
    refuses: 'collect.undeclared-field' | 'customers.module-taken' | 'customers.no-agreement' | 'customers.resting' | 'customers.right-missing' | 'customers.unknown-client' | 'customers.unknown-module' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused';
  };
  /** Offers the ownership to another user, who gets a letter. For the owner. */
  'POST /clients/{client}/ownership': {
    path: { client: string };
    body: {
      person: string;
    };
    answer: ClientAnswer;
    refuses: 'collect.undeclared-field' | 'customers.no-agreement' | 'customers.unknown-client' | 'customers.unknown-user' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Takes the ownership over, by whoever it is offered to; they accept both documents for the company. */
  'POST /clients/{client}/ownership/acceptance': {
    path: { client: string };
    body: {
      accept: AcceptedDocuments;
    };
    answer: ClientAnswer;
    refuses: 'answer.held' | 'collect.undeclared-field' | 'customers.no-agreement' | 'customers.no-offer' | 'customers.not-in-force' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Makes a key for one of the client’s systems. The answer has it, once; whoever loses it makes another. */
  'POST /clients/{client}/tokens': {
    path: { client: string };
    body: {
      name: string;
      scopes: string[];
      /** How long it works. */
      days: number;
    };
    answer: TokenMade;
    refuses: 'collect.national-identity-number' | 'collect.undeclared-field' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.too-many-tokens' | 'integrations.unknown-scope';
  };
  /** Says yes to an invitation; answers with a one-time sign-in. */
  'POST /invitations/{token}': {
    path: { token: string };
    body: {
      /** Needed where none is held. */
      name?: string;
      accept: {
        statement: string;
      };
    };
    answer: InvitationTaken;
    refuses: 'collect.invalid-field' | 'collect.missing-field' | 'collect.national-identity-number' | 'collect.statement-not-in-force' | 'collect.undeclared-field' | 'customers.invitation-spent' | 'customers.no-agreement' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many';
  };
  /** Credits the whole of an invoice, by a credit note of its own; answers with that. */
  'POST /invoices/{invoice}/credit': {
    path: { invoice: string };
    answer: InvoiceAnswer;
    refuses: 'billing.settled' | 'billing.unknown-invoice' | 'http.cross-site' | 'http.database-away' | 'http.key-in-use' | 'http.key-reused' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Notes that an invoice was paid, in whole or in part. The same reference is booked once. */
  'POST /invoices/{invoice}/payments': {
    path: { invoice: string };
    body: {
      /** In øre. */
      amount: number;
      date: string;
      /** What the bank calls it: booked once. */
      reference: string;
    };
    answer: InvoiceAnswer;
    refuses: 'billing.too-much' | 'billing.unknown-invoice' | 'collect.card-number' | 'collect.invalid-field' | 'collect.national-identity-number' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Confirms a new e-mail address by the link that was mailed to it. */
  'POST /me/address': {
    body: {
      token: string;
    };
    answer: AccessAnswer;
    refuses: 'answer.address-taken' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.link-spent' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** What a code generator is set up with, as text and as an otpauth URI. Kept only once a code has come of it. */
  'POST /me/code-secrets': {
    answer: CodeSecret;
    refuses: 'http.cross-site' | 'http.database-away' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Fetches what the register says of a company and keeps it; asked for again, it is renewed. */
  'POST /me/companies': {
    body: {
      number: string;
      /** That the company is the one who asks, where it is a person: without it such a company is not kept. */
      own?: boolean;
    };
    answer: MyCompany;
    refuses: 'collect.source-away' | 'collect.undeclared-field' | 'collect.unknown-source' | 'companies.invalid-number' | 'companies.not-usable' | 'companies.removed' | 'companies.sole-proprietor' | 'companies.unknown' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Says yes to one of them, signed in. */
  'POST /me/invitations/{invitation}': {
    path: { invitation: string };
    body: {
      /** Needed where none is held. */
      name?: string;
      accept: {
        statement: string;
      };
    };
    answer: MyInvitationTaken;
    refuses: 'collect.invalid-field' | 'collect.missing-field' | 'collect.national-identity-number' | 'collect.statement-not-in-force' | 'collect.undeclared-field' | 'customers.invitation-spent' | 'customers.no-agreement' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** What a browser is asked to make a passkey from. */
  'POST /me/passkey-options': {
    answer: PasskeyCreation;
    refuses: 'http.cross-site' | 'http.database-away' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Adds a passkey that a browser made. It counts as a proof: a new cookie takes the place of the old. */
  'POST /me/passkeys': {
    body: {
      id: string;
      clientData: string;
      attestation: string;
      name?: string;
    };
    answer: OpenedSession;
    refuses: 'collect.card-number' | 'collect.invalid-field' | 'collect.national-identity-number' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.factor-taken' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out' | 'identity.wrong-passkey';
  };
  /** Makes ten recovery codes in place of those that are there. They are told this once. */
  'POST /me/recovery-codes': {
    answer: RecoveryCodes;
    refuses: 'http.cross-site' | 'http.database-away' | 'http.key-in-use' | 'http.key-reused' | 'http.too-many' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Gives the consent that a confirmation link asks for. `language`: of the words that were shown. */
  'POST /newsletter/confirmations': {
    body: {
      token: string;
      language?: 'nb' | 'en';
    };
    answer: ConfirmationAnswer;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'newsletter.link-spent';
  };
  /** Asks for the newsletter and mails a confirmation link. The answer is the same for every address. */
  'POST /newsletter/subscriptions': {
    body: {
      email: string;
      topics: string[];
      language?: 'nb' | 'en';
      name?: string;
    };
    answer: Record<string, never>;
    refuses: 'collect.invalid-field' | 'collect.national-identity-number' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'newsletter.unknown-topic';
  };
  /** Finds people by whole e-mail address, phone number or name. In the body, so that none of these stands in a URL. */
  'POST /person-searches': {
    body: {
      email: string;
    } | {
      phone: string;
    } | {
      name: string;
    };
    answer: FoundAnswer;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.out-of-scope' | 'integrations.token-refused' | 'use.not-your-purpose';
  };
  /** Places a hold on a person: nothing of theirs is deleted until it is released or over. */
  'POST /persons/{person}/holds': {
    path: { person: string };
    body: {
      why: string;
      until?: string;
      review?: string;
      untold?: string;
    };
    answer: Hold;
    refuses: 'answer.unknown-person' | 'collect.invalid-field' | 'collect.missing-field' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Notes that a hold was looked at again and stays, with the dates it has from then on. */
  'POST /persons/{person}/holds/{hold}/reviews': {
    path: { person: string; hold: string };
    body: {
      until?: string | null;
      review?: string;
    };
    answer: StandingHold;
    refuses: 'answer.unknown-hold' | 'answer.unknown-person' | 'collect.invalid-field' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Makes a profile and mails a sign-in link. The answer does not tell whether the address was known. */
  'POST /profiles': {
    body: {
      name: string;
      email: string;
      phone?: string;
      place?: string;
      company?: string;
      language?: 'nb' | 'en';
      /** Where the letter leads on to: `client` is where a company becomes one. */
      onward?: 'client';
      accept: {
        statement: string;
      };
    };
    answer: ProfileAnswer;
    refuses: 'collect.invalid-field' | 'collect.missing-field' | 'collect.national-identity-number' | 'collect.statement-not-in-force' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many';
  };
  /** Opens a session by a sign-in link and sets its cookie; `back` names the page that the link was asked for on. A link opens one session. */
  'POST /sessions': {
    body: {
      token: string;
    };
    answer: EnteredSession;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.link-spent';
  };
  /** Shows the second factor by a code from a generator, or a recovery code. A new cookie takes the place of the old. */
  'POST /sessions/current/code': {
    body: {
      code: string;
    };
    answer: OpenedSession;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.signed-out' | 'identity.wait' | 'identity.wrong-code';
  };
  /** Mails a one-time link to whoever is signed in, to show that it is them; `back` is the page that it leads to. */
  'POST /sessions/current/links': {
    body: {
      back?: string;
    };
    answer: Record<string, never>;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Shows again whose the session is by password. A new cookie takes the place of the old. */
  'POST /sessions/current/password': {
    body: {
      password: string;
    };
    answer: OpenedSession;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.signed-out' | 'identity.wait' | 'identity.wrong-factor';
  };
  /** Opens a session by what a passkey signed, or shows again whose the present one is. Two factors by itself. */
  'POST /sessions/passkey': {
    body: {
      id: string;
      clientData: string;
      authenticatorData: string;
      signature: string;
    };
    answer: OpenedSession;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.wrong-passkey';
  };
  /** Opens a session by address and password. A wrong one, none and an unknown address are the same refusal; who guesses waits longer and longer. */
  'POST /sessions/password': {
    body: {
      email: string;
      password: string;
    };
    answer: OpenedSession;
    refuses: 'collect.invalid-field' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.wait' | 'identity.wrong-factor';
  };
  /** Takes somebody back from a provider: `in` with a session, `tied` to whoever is signed in, or `asked` by a letter to answer first. */
  'POST /sessions/provider': {
    body: {
      provider: string;
      language: 'nb' | 'en';
      code: string;
      state: string;
      iss?: string;
    };
    answer: CameFromElsewhere;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.factor-taken' | 'identity.prove-again' | 'identity.provider-away' | 'identity.unknown-provider' | 'identity.wrong-provider';
  };
  /** Where to go to sign in with a provider. A cookie of ten minutes finds the way back. */
  'POST /sign-in/errands': {
    body: {
      provider: string;
      language: 'nb' | 'en';
    };
    answer: Errand;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.provider-away' | 'identity.unknown-provider' | 'identity.wrong-provider';
  };
  /** Mails a one-time sign-in link to an address, if somebody is recorded under it. The answer is always the same. */
  'POST /sign-in/links': {
    body: {
      email: string;
      language?: 'nb' | 'en';
    };
    answer: Record<string, never>;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many';
  };
  /** What a browser is asked to sign with a passkey (WebAuthn). Counts once, for five minutes. */
  'POST /sign-in/passkey-options': {
    answer: PasskeyRequest;
    refuses: 'http.cross-site' | 'http.database-away' | 'http.too-many';
  };
  /** Gives somebody a role from their next request on, and tells them by letter. They sign in by a mailed link, and set up a second factor first. */
  'POST /staff': {
    body: StaffRequest;
    answer: RoleGiven;
    refuses: 'collect.invalid-field' | 'collect.missing-field' | 'collect.national-identity-number' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.key-in-use' | 'http.key-reused' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.prove-again' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Makes a key for another system. The answer has it, once; whoever loses it makes another. */
  'POST /tokens': {
    body: {
      name: string;
      scopes: string[];
      /** How long it works. */
      days: number;
    };
    answer: TokenMade;
    refuses: 'collect.national-identity-number' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.prove-again' | 'identity.role-missing' | 'identity.second-factor' | 'identity.signed-out' | 'integrations.too-many-tokens' | 'integrations.unknown-scope';
  };
  /** Takes an ended subscription up again, with its modules, users and levels. For whoever owned it. */
  'PUT /clients/{client}/subscription': {
    path: { client: string };
    body: {
      accept: AcceptedDocuments;
    };
    answer: ClientAnswer;
    refuses: 'collect.undeclared-field' | 'customers.not-in-force' | 'customers.nothing-to-resume' | 'customers.right-missing' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.stale' | 'http.too-large' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Another plan, or another span to pay for, from today. The difference is reckoned to the day. */
  'PUT /clients/{client}/subscription/plan': {
    path: { client: string };
    body: {
      plan: string;
      span: 'month' | 'year';
    };
    answer: SubscriptionAnswer;
    refuses: 'billing.no-subscription' | 'billing.unknown-plan' | 'collect.undeclared-field' | 'customers.no-agreement' | 'customers.right-missing' | 'customers.unknown-client' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Adds a code generator by a code that it made, in place of one that is there. The code counts as a proof: a new cookie takes the place of the old. */
  'PUT /me/code-generator': {
    body: {
      secret: string;
      code: string;
    };
    answer: OpenedSession;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.prove-again' | 'identity.second-factor' | 'identity.signed-out' | 'identity.wrong-code';
  };
  /** Says yes to a coming version of the statement, so that a consent goes on under it. `language`: of the words that were shown. */
  'PUT /me/consents/{purpose}': {
    path: { purpose: string };
    body: {
      language: 'nb' | 'en';
    };
    answer: AccessAnswer;
    refuses: 'answer.nothing-to-renew' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Objects to a purpose (art. 21); it takes effect at once. Where nothing else is kept, everything goes, and the receipt’s number is the answer. */
  'PUT /me/objections/{purpose}': {
    path: { purpose: string };
    answer: AccessAnswer | LeaveAnswer;
    refuses: 'answer.held' | 'answer.not-objectable' | 'http.cross-site' | 'http.database-away' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Sets a password: 15 characters or more, 8 beside a second factor, none that is common. Takes the place of one that is there. */
  'PUT /me/password': {
    body: {
      password: string;
    };
    answer: Factors;
    refuses: 'collect.card-number' | 'collect.invalid-field' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'identity.common-password' | 'identity.prove-again' | 'identity.second-factor' | 'identity.short-password' | 'identity.signed-out' | 'identity.wait';
  };
  /** Restricts the person (art. 18): stored, and not used. */
  'PUT /me/restriction': {
    body: {
      reason: 'accuracy' | 'unlawful' | 'claims' | 'objection';
    };
    answer: AccessAnswer;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'identity.second-factor' | 'identity.signed-out';
  };
  /** Changes topics and language. */
  'PUT /newsletter/preferences/{token}': {
    path: { token: string };
    body: {
      topics: string[];
      language: 'nb' | 'en';
    };
    answer: PreferencesAnswer;
    refuses: 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.stale' | 'http.too-large' | 'http.too-many' | 'newsletter.link-spent' | 'newsletter.unknown-topic';
  };
  /** Says yes to a coming version of the statement. `language`: of the words that were shown. */
  'PUT /newsletter/preferences/{token}/consent': {
    path: { token: string };
    body: {
      language: 'nb' | 'en';
    };
    answer: undefined;
    refuses: 'answer.nothing-to-renew' | 'collect.undeclared-field' | 'http.cross-site' | 'http.database-away' | 'http.invalid-field' | 'http.malformed' | 'http.media-type' | 'http.too-large' | 'http.too-many' | 'newsletter.link-spent';
  };
}

/** Operations that are carried out once under an Idempotency-Key. */
export const TAKES_KEY: ReadonlySet<string> = new Set<keyof Operations>([
  'POST /bulk-runs',
  'POST /clients',
  'POST /clients/{client}/acceptances',
  'POST /clients/{client}/invitations',
  'POST /clients/{client}/invoices/{invoice}/payment',
  'POST /clients/{client}/levels',
  'POST /clients/{client}/modules',
  'POST /invoices/{invoice}/credit',
  'POST /invoices/{invoice}/payments',
  'POST /me/companies',
  'POST /me/invitations/{invitation}',
  'POST /me/recovery-codes',
  'POST /persons/{person}/holds',
  'POST /persons/{person}/holds/{hold}/reviews',
  'POST /sessions/current/links',
  'POST /staff',
]);
