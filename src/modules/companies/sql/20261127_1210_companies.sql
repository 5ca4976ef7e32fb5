-- What the registers in Brønnøysund say of the companies that people have asked us to know.

create schema companies;

-- A company, for whoever asked for it. What came from the register is sealed under that person's key, because of a sole
-- proprietor it is about them: nothing of it is readable in a copy of the database.
create table companies.fact (
  person      uuid         not null,
  id          uuid         not null,
  request     uuid         not null,
  source      text         not null,
  number      vault.sealed not null,
  number_hash bytea        not null check (octet_length(number_hash) = 32),
  name        vault.sealed not null,
  form        vault.sealed not null,
  state       vault.sealed not null,
  place       vault.sealed,
  industry    vault.sealed,
  employees   vault.sealed,
  asked_at    timestamptz  not null,
  fetched_at  timestamptz  not null,
  primary key (person, id),
  unique (person, number_hash)
);
create index on companies.fact (number_hash);
create index on companies.fact (asked_at);
comment on table companies.fact is
  'Companies as the register knows them, for whoever asked for it [subject=person purpose=group-facts recorded=asked_at end=delete]';
comment on column companies.fact.person      is 'record.person: who asked for it';
comment on column companies.fact.id          is 'none: the row''s own number';
comment on column companies.fact.request     is 'none: number of the act of collection that was the wish for it';
comment on column companies.fact.source      is 'record.origin: which third party said so';
comment on column companies.fact.number      is 'company.identity: organisation number';
comment on column companies.fact.number_hash is 'company.identity: keyed hash of the organisation number, for finding it';
comment on column companies.fact.name        is 'company.identity: what the company is called';
comment on column companies.fact.form        is 'company.identity: form of organisation';
comment on column companies.fact.state       is 'company.identity: whether it is active, bankrupt, winding up or struck off, and since when';
comment on column companies.fact.place       is 'company.place: postal place and municipality';
comment on column companies.fact.industry    is 'company.industry: industry by SN2025';
comment on column companies.fact.employees   is 'company.key-figures: about how many employees';
comment on column companies.fact.asked_at    is 'company.identity: when it was asked for';
comment on column companies.fact.fetched_at  is 'company.identity: when the register last said so';

-- The key figures of one fiscal year. The register tells the latest year alone: the years before are those told then.
create table companies.key_figures (
  person     uuid         not null,
  fact       uuid         not null,
  year       smallint     not null,
  id         uuid         not null,
  request    uuid         not null,
  source     text         not null,
  figures    vault.sealed not null,
  asked_at   timestamptz  not null,
  fetched_at timestamptz  not null,
  primary key (person, fact, year)
);
create index on companies.key_figures (asked_at);
comment on table companies.key_figures is
  'Key figures of the companies that people asked for, year by year [subject=person purpose=group-facts recorded=asked_at end=delete]';
comment on column companies.key_figures.person     is 'record.person: who asked for them';
comment on column companies.key_figures.fact       is 'none: number of the company''s row';
comment on column companies.key_figures.year       is 'none: which fiscal year, by the year it ends in';
comment on column companies.key_figures.id         is 'none: the row''s own number';
comment on column companies.key_figures.request    is 'none: number of the act of collection that was the wish for them';
comment on column companies.key_figures.source     is 'record.origin: which third party said so';
comment on column companies.key_figures.figures    is 'company.key-figures: amounts with their currency and period';
comment on column companies.key_figures.asked_at   is 'company.key-figures: when they were asked for';
comment on column companies.key_figures.fetched_at is 'company.key-figures: when the register said so';

-- Companies that the register has removed and that were kept here: a keyed hash each, so that it can be shown that nothing
-- is kept of them, also after a backup from before. It leaves when the facts themselves would have.
create table companies.removed (
  hash bytea       primary key check (octet_length(hash) = 32),
  at   timestamptz not null
);
comment on table companies.removed is
  'Companies that the register asked to be forgotten [subject=hash:hash purpose=group-facts recorded=at end=stays]';
comment on column companies.removed.hash is 'company.identity: HMAC-SHA-256 of the organisation number';
comment on column companies.removed.at   is 'company.identity: when the register removed it';
