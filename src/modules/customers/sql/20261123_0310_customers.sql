-- People who made a profile.

create schema customers;

-- That a person has a profile, and when they last used it; who they are is in the vault.
create table customers.profile (
  person    uuid        primary key,
  made_at   timestamptz not null,
  active_at timestamptz not null
);
comment on table customers.profile is
  'Profiles, and when they were last used [subject=person purpose=customer recorded=made_at last-active=active_at end=delete]';
comment on column customers.profile.person    is 'record.person: whose profile';
comment on column customers.profile.made_at   is 'access.sign-in: when the profile was made';
comment on column customers.profile.active_at is 'access.sign-in: when it was last used';
create index on customers.profile (active_at);
