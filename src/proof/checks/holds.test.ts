import { test } from 'node:test';
import { catches, NOW, type Twin } from '#test/stage.ts';

/** Each promise about holds, broken on purpose. Una is held, Tor was. */
const ACCOUNTED = 'Every hold that stands has an author';
const ROUND = 'Nobody was erased while held';

const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const change = (sets: string, ...values: unknown[]): Twin['breaks'] => {
  return (house) =>
    house.sql(`update gate.hold set ${sets} where person = $1`, [house.people.una, ...values]);
};

const twins: readonly Twin[] = [
  {
    title: 'k.as-needed: a hold that nobody answers for is found',
    breaks: change(`author = ' '`),
    finds: { [ACCOUNTED]: /^gate\.hold without an author$/ },
  },
  {
    title: 'k.as-needed: a hold without a reason is found',
    breaks: change('why = substring(why for 29)'),
    finds: { [ACCOUNTED]: /^gate\.hold without a reason$/ },
  },
  {
    title: 'k.as-needed: a hold without an end that nobody is to look at again is found',
    breaks: change('review_at = null'),
    finds: { [ACCOUNTED]: /^gate\.hold with neither an end nor a review$/ },
  },
  {
    title: 'k.as-needed: a hold that nobody looked at again in time is found',
    breaks: change('review_at = $2', ago(0.01)),
    finds: { [ACCOUNTED]: /^gate\.hold that nobody has looked at again in time$/ },
  },
  {
    title: 'k.as-needed: a hold that nobody is to look at for a year is found',
    breaks: change('review_at = $2', ago(-365)),
    finds: { [ACCOUNTED]: /later than the statement says$/ },
  },
  {
    title: 'k.as-needed: a hold kept from its person without a law to do so is found',
    breaks: change(`told = false, untold = ' '`),
    finds: { [ACCOUNTED]: /^gate\.hold that is not told of, without the law that forbids it$/ },
  },
  {
    title: 'r.rectify-erase: an erasure of somebody held is found, with the guard that was taken away for it',
    breaks: async (house) => {
      await house.sql('drop trigger refuse_held on gate.erasure');
      await house.sql('drop trigger refuse_erased on gate.hold');
      await house.sql(`update gate.hold set at = $2, released_at = null where person = $1`, [
        house.people.tor,
        ago(3),
      ]);
      await house.sql(`update gate.hold set person = $2 where person = $1`, [
        house.people.tor,
        house.people.eva,
      ]);
    },
    finds: {
      [ROUND]:
        /^gate\.erasure of somebody held; gate\.hold that the journal does not know; a hold in journal\.entry/,
      'PostgreSQL itself leaves out':
        /refuse_erased on gate\.hold is gone; refuse_held on gate\.erasure is gone/,
    },
  },
  {
    title:
      'r.rectify-erase: a hold that was quietly taken out of its table is found, and so is what it kept past its date',
    breaks: (house) => house.sql('delete from gate.hold where person = $1', [house.people.una]),
    finds: {
      [ROUND]: /^a hold in journal\.entry that is in no row of gate\.hold$/,
      'by the storage rule': /past its date/,
    },
  },
  {
    title: 'r.rectify-erase: a hold that was ended in the table and not by the gate is found',
    breaks: change('released_at = $2', ago(0.01)),
    finds: { [ROUND]: /^gate\.hold released without an entry in the journal$/ },
  },
  {
    title: 'k.active-12-months: what a hold kept is found a day after the hold is over',
    breaks: change('until = $2', ago(1.01)),
    finds: { 'by the storage rule': /past its date/ },
  },
];

for (const twin of twins) test(twin.title, () => catches(twin));
