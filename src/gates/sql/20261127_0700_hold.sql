-- Holds by hand: people whose data must not be deleted for as long as a claim or a duty needs it as it is (art. 17(3)).

-- One row a hold. It stands until it is released or its end comes. Why is sealed under the person's key: it is about them.
create table gate.hold (
  person      uuid         not null,
  id          uuid         not null,
  scope       text         not null,
  why         vault.sealed not null,
  until       timestamptz,
  review_at   timestamptz,
  author      text         not null,
  told        boolean      not null,
  untold      text,
  at          timestamptz  not null,
  released_at timestamptz,
  released_by text,
  primary key (person, id),
  check (told or untold is not null)
);
create index on gate.hold (review_at) where released_at is null;
comment on table gate.hold is
  'People whose data is not deleted while a claim or a duty needs it, and why; it outlasts them as a number that stands for nobody [subject=person purpose=accountability recorded=at end=stays]';
comment on column gate.hold.person      is 'record.person: whose data is kept';
comment on column gate.hold.id          is 'none: number of the hold';
comment on column gate.hold.scope       is 'record.request: how much of it: person for everything';
comment on column gate.hold.why         is 'record.request: the reason, in words';
comment on column gate.hold.until       is 'record.request: the moment it is over by itself';
comment on column gate.hold.review_at   is 'record.request: the moment by which somebody must have looked at it again';
comment on column gate.hold.author      is 'record.log: number of the staff member who placed it, or command-line';
comment on column gate.hold.told        is 'record.request: whether the person is shown it';
comment on column gate.hold.untold      is 'record.request: the law by which the person is not told';
comment on column gate.hold.at          is 'record.request: since when';
comment on column gate.hold.released_at is 'record.request: when it was released';
comment on column gate.hold.released_by is 'record.log: number of the staff member who released it, command-line, or key-gone';

-- Each time somebody looked at a hold again and decided that it stays, or that it goes.
create table gate.hold_review (
  person    uuid        not null,
  id        uuid        not null,
  hold      uuid        not null,
  decision  text        not null check (decision in ('stays', 'released')),
  until     timestamptz,
  review_at timestamptz,
  author    text        not null,
  at        timestamptz not null,
  primary key (person, id)
);
comment on table gate.hold_review is
  'What was decided of a hold when it was looked at again [subject=person purpose=accountability recorded=at end=stays]';
comment on column gate.hold_review.person    is 'record.person: whose data is kept';
comment on column gate.hold_review.id        is 'none: number of the review';
comment on column gate.hold_review.hold      is 'none: number of the hold';
comment on column gate.hold_review.decision  is 'record.request: that it stays, or that it was released';
comment on column gate.hold_review.until     is 'record.request: the end it has from then on';
comment on column gate.hold_review.review_at is 'record.request: by when it must be looked at the next time';
comment on column gate.hold_review.author    is 'record.log: number of the staff member who decided, or command-line';
comment on column gate.hold_review.at        is 'record.request: when';

-- Nobody is erased while a hold stands, whoever asks: the gates look first, and this is for what happens meanwhile.
-- Whoever places a hold has the person's row locked, so the lock taken here makes one of the two see the other.
create function gate.refuse_held() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform from vault.person p where p.person = new.person for key share;
  if exists (select from gate.hold h where h.person = new.person and h.released_at is null
                and (h.until is null or h.until > new.decided_at)) then
    raise exception 'a hold stands' using errcode = 'HJ002';
  end if;
  return new;
end $$;
create trigger refuse_held before insert on gate.erasure
  for each row execute function gate.refuse_held();

-- And nothing is held of somebody whose erasure was decided while the hold waited for that lock.
create trigger refuse_erased before insert on gate.hold
  for each row execute function gate.refuse_erased();
