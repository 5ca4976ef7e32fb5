-- What the proof found, run by run, kept so that everybody can see it. About columns, tables and counts; never about
-- anyone, so that all of it may be shown to anyone.

create schema proof;

-- One whole proof. Those of the last thirty days stay, and for good those in which a clause changed its state.
create table proof.run (
  id        bigint      generated always as identity primary key,
  at        timestamptz not null,
  statement text        not null,
  ok        boolean     not null,
  took      integer     not null,
  holds     smallint    not null,
  broken    smallint    not null,
  not_yet   smallint    not null,
  changed   boolean     not null
);
create index on proof.run (at);
comment on table proof.run is 'Proofs that a server ran by itself [subject=none]';
comment on column proof.run.id        is 'none: running number';
comment on column proof.run.at        is 'none: when it ran';
comment on column proof.run.statement is 'none: version of the statement that was proved';
comment on column proof.run.ok        is 'none: whether nothing was found broken';
comment on column proof.run.took      is 'none: milliseconds it took';
comment on column proof.run.holds     is 'none: clauses that held';
comment on column proof.run.broken    is 'none: clauses that were broken';
comment on column proof.run.not_yet   is 'none: clauses that nothing can show yet';
comment on column proof.run.changed   is 'none: whether any clause was in another state than the run before';

-- What each check said. Of runs that changed nothing only the newest keeps its answers: the others said the same.
create table proof.result (
  run       bigint   not null references proof.run on delete cascade,
  place     smallint not null,
  clause    text     not null,
  state     text     not null check (state in ('holds', 'broken', 'not-yet')),
  title     text     not null,
  title_nb  text     not null,
  kinds     integer  not null,
  found     bigint   not null,
  detail    text     not null,
  looked    text     not null,
  looked_nb text     not null,
  primary key (run, place)
);
comment on table proof.result is 'What each check of a proof said [subject=none]';
comment on column proof.result.run       is 'none: the proof';
comment on column proof.result.place     is 'none: place in the order of the statement';
comment on column proof.result.clause    is 'none: the clause';
comment on column proof.result.state     is 'none: holds, broken, or not-yet for a clause that has no check';
comment on column proof.result.title     is 'none: what the check says holds, in English';
comment on column proof.result.title_nb  is 'none: the same in Norwegian';
comment on column proof.result.kinds     is 'none: in how many ways it is broken';
comment on column proof.result.found     is 'none: how often something was found';
comment on column proof.result.detail    is 'none: what was found, by columns, tables and roles, or exactly what was counted';
comment on column proof.result.looked    is 'none: what was counted, as everybody may know it, in English';
comment on column proof.result.looked_nb is 'none: the same in Norwegian';

-- Clauses that went from kept to broken, or back: once each time, and mailed to the operator's duty mailbox.
create table proof.alert (
  run     bigint      not null references proof.run on delete cascade,
  clause  text        not null,
  turn    text        not null check (turn in ('broken', 'mended')),
  letter  uuid        not null,
  sent_at timestamptz,
  primary key (run, clause)
);
create index on proof.alert (run) where sent_at is null;
comment on table proof.alert is 'Promises that were broken or mended, and whether the operator has been told [subject=none]';
comment on column proof.alert.run     is 'none: the proof that found it';
comment on column proof.alert.clause  is 'none: the clause';
comment on column proof.alert.turn    is 'none: broken, or mended';
comment on column proof.alert.letter  is 'none: number of the mail; a run sends one';
comment on column proof.alert.sent_at is 'none: when the mail went out';

-- The statement page as this server last fetched it from itself, by each of the operator's hosts.
create table proof.page (
  host        text        not null,
  language    text        not null check (language in ('nb', 'en')),
  at          timestamptz not null,
  status      smallint    not null,
  fingerprint text        not null,
  passages    integer     not null,
  primary key (host, language)
);
comment on table proof.page is 'The statement page as it was last served, host by host [subject=none]';
comment on column proof.page.host        is 'none: the host it was asked of';
comment on column proof.page.language    is 'none: in which language';
comment on column proof.page.at          is 'none: when';
comment on column proof.page.status      is 'none: HTTP status; 0 where nothing answered';
comment on column proof.page.fingerprint is 'none: fingerprint of the version that the page names; empty where it names none';
comment on column proof.page.passages    is 'none: passages of the statement in force that stood on the page, word for word';

-- Whose turn it is: of several servers on one database, one proves at a time.
create table proof.turn (
  one      boolean     primary key default true check (one),
  taken_at timestamptz not null
);
insert into proof.turn (taken_at) values ('-infinity');
comment on table proof.turn is 'When a server last took it on itself to prove [subject=none]';
comment on column proof.turn.one      is 'none: there is one row';
comment on column proof.turn.taken_at is 'none: when a proof was last begun';
