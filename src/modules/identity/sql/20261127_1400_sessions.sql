-- How a session proved whose it is, and when: what an act that cannot be undone asks for (step-up), and what a second
-- factor is counted by.

alter table identity.link add column way text check (way in ('local'));
alter table identity.link add column back text;
alter table identity.link add column tie text;
comment on column identity.link.way  is 'access.sign-in: handed over on the machine itself; empty: mailed';
comment on column identity.link.back is 'none: the page to go back to';
comment on column identity.link.tie  is 'access.factor: the account elsewhere that it ties to the person, by keyed hash and name';

-- What somebody showed to be let in. What may be shown once alone has a mark, and no two rows of a person have the same.
create table identity.proof (
  person uuid        not null,
  id     uuid        not null,
  method text        not null check (method in ('link', 'local', 'password', 'code', 'recovery', 'passkey', 'provider')),
  mark   text,
  at     timestamptz not null,
  primary key (person, id),
  unique (person, mark)
);
comment on table identity.proof is
  'What a person has shown to sign in [subject=person purpose=sign-in recorded=at end=delete]';
comment on column identity.proof.person is 'record.person: who';
comment on column identity.proof.id     is 'none: number of the proof';
comment on column identity.proof.method is 'access.sign-in: by which means';
comment on column identity.proof.mark   is 'none: what may be shown once alone: the link, or the code''s half minute';
comment on column identity.proof.at     is 'access.sign-in: when';

insert into identity.proof (person, id, method, mark, at)
  select person, gen_random_uuid(), 'link', link::text, began_at from identity.session;

alter table identity.session drop column link;
alter table identity.session add column methods text[];
alter table identity.session add column proved_at timestamptz;
alter table identity.session add column used_at timestamptz;
update identity.session set methods = '{link}', proved_at = began_at, used_at = began_at;
alter table identity.session alter column methods set not null;
alter table identity.session alter column proved_at set not null;
alter table identity.session alter column used_at set not null;
comment on column identity.session.methods   is 'access.sign-in: by which means it was proved whose it is';
comment on column identity.session.proved_at is 'access.sign-in: when that was shown last';
comment on column identity.session.used_at   is 'access.sign-in: when it was used last, to a few minutes';

create index on identity.proof using brin (at) with (pages_per_range = 16);
