-- Versions of the statement that were applied, with how far their notice had come: rows put back from before must not be
-- kept by an older promise than the one that people were given. The texts are public; nothing here is about anyone.
create table keys.version (
  version            text        primary key,
  rules              text        not null,
  prose_nb           text        not null,
  prose_en           text        not null,
  fingerprint        text        not null,
  person_fingerprint text        not null,
  applied_at         timestamptz not null,
  effective_at       timestamptz,
  application        uuid,
  before             text,
  written            text,
  plan               text,
  hash               text,
  told_at            timestamptz,
  withdrawn_at       timestamptz
);

comment on table keys.version is
  'Versions of the statement that were applied, kept so that a restored backup cannot take one back [subject=none]';
comment on column keys.version.version            is 'none: the version';
comment on column keys.version.rules              is 'none: its rules';
comment on column keys.version.prose_nb           is 'none: its text in Norwegian';
comment on column keys.version.prose_en           is 'none: its text in English';
comment on column keys.version.fingerprint        is 'none: of all of it';
comment on column keys.version.person_fingerprint is 'none: of what matters to a person';
comment on column keys.version.applied_at         is 'none: when it was applied';
comment on column keys.version.effective_at       is 'none: when it takes effect, where that is later than it was applied';
comment on column keys.version.application        is 'none: number that letters about it refer to; none of the first';
comment on column keys.version.before             is 'none: the version that was in force when it was planned';
comment on column keys.version.written            is 'none: the number that the files carried';
comment on column keys.version.plan               is 'none: what the plan decided';
comment on column keys.version.hash               is 'none: SHA-256 of the plan';
comment on column keys.version.told_at            is 'none: when everybody concerned had their notice';
comment on column keys.version.withdrawn_at       is 'none: when it was taken back before it took effect';
