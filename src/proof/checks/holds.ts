import { after } from '#statement/period.ts';
import { ruleFor } from '#statement/rules.ts';
import { type Check, type Context, count, outcome } from '../check.ts';
import { many } from '../counted.ts';

/** Holds by hand: each with somebody who answers for it and an end in sight, and none got round (clauses `k.as-needed`, `r.rectify-erase`). */
export const holdChecks: readonly Check[] = [
  {
    clause: 'k.as-needed',
    title: 'Every hold that stands has an author, a reason, and an end or a review that is not overdue',
    titleNb:
      'Hver slettesperre som gjelder, har noen som står for den, en grunn, og en sluttdato eller en vurdering som ikke er over tiden',
    run: accountedFor,
  },
  {
    clause: 'r.rectify-erase',
    title: 'Nobody was erased while held, and no hold came or went without its entry in the journal',
    titleNb:
      'Ingen ble slettet mens en sperre gjaldt, og ingen sperre ble satt eller opphevet uten at det står i journalen',
    run: notGotRound,
  },
];

const STANDS = 'h.released_at is null and (h.until is null or h.until > $1)';
/** What is sealed and empty: version, nonce and tag, and no word. */
const EMPTY = 29;
/** A review's last day is a whole day, and a month may be a day longer than its clock. */
const SLACK = 86_400_000;

async function accountedFor({ main, now, applied }: Context) {
  const found = (which: string, values: readonly unknown[] = []) =>
    count(main, `select count(*) from gate.hold h where ${STANDS} and ${which}`, [now, ...values]);
  const period = applied.statement.deadlines?.['hold-review']?.period;
  const longest = period === undefined ? now : new Date(after(now, period).getTime() + SLACK);
  return outcome(
    [
      { what: 'gate.hold without an author', count: await found(`btrim(h.author) = ''`) },
      {
        what: 'gate.hold without a reason',
        count: await found(`octet_length(h.why) <= ${EMPTY}`),
      },
      {
        what: 'gate.hold with neither an end nor a review',
        count: await found('h.until is null and h.review_at is null'),
      },
      {
        what: 'gate.hold that nobody has looked at again in time',
        count: await found('h.review_at <= $1'),
      },
      {
        what: 'gate.hold that is to be looked at again later than the statement says',
        count: await found('h.review_at > $2', [longest]),
      },
      {
        what: 'gate.hold that is not told of, without the law that forbids it',
        count: await found(`not h.told and coalesce(btrim(h.untold), '') = ''`),
      },
    ],
    many(await found('true'), 'standingHold'),
  );
}

/**
 * Erasures against holds, by the moment each was decided; and both against the journal, which nobody can change: a hold
 * that was taken out of its table, or ended by hand, would otherwise leave no trace.
 */
async function notGotRound({ main, now, applied }: Context) {
  const erased = await count(
    main,
    `select count(*) from gate.erasure e where exists (
       select from gate.hold h where h.person = e.person and h.at <= e.decided_at
          and (h.released_at is null or h.released_at > e.decided_at)
          and (h.until is null or h.until > e.decided_at))`,
  );
  const told = (act: string, moment: string) =>
    `exists (select from journal.entry j where j.person = h.person and j.gate = 'answer'
       and j.act in ('${act}', '${act}-untold') and j.at = ${moment})`;
  const rule = ruleFor(applied.statement, 'accountability', 'record.request')?.rule;
  const kept = rule?.clock === 'recorded' ? rule.period : 'P0D';
  const holds = await count(main, 'select count(*) from gate.hold');
  return outcome(
    [
      { what: 'gate.erasure of somebody held', count: erased },
      {
        what: 'gate.hold that the journal does not know',
        count: await count(main, `select count(*) from gate.hold h where not ${told('hold', 'h.at')}`),
      },
      {
        what: 'gate.hold released without an entry in the journal',
        count: await count(
          main,
          `select count(*) from gate.hold h where h.released_at is not null and not ${told('release-hold', 'h.released_at')}`,
        ),
      },
      {
        what: 'a hold in journal.entry that is in no row of gate.hold',
        // What has reached its own date is gone from the table, and may be in the journal still.
        count: await count(
          main,
          `select count(*) from journal.entry j where j.gate = 'answer' and j.act in ('hold', 'hold-untold')
              and ((j.at at time zone 'Europe/Oslo') + $2::interval) at time zone 'Europe/Oslo' > $1
              and not exists (select from gate.hold h where h.person = j.person and h.at = j.at)`,
          [now, kept],
        ),
      },
    ],
    many(holds, 'hold'),
    many(await count(main, 'select count(*) from gate.erasure'), 'erasure'),
  );
}
