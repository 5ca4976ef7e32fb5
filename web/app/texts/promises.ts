import type { PublicPromise } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';

const nb = {
  state: {
    holds: 'Holder',
    broken: 'Brutt',
    'not-yet': 'Ikke ennå',
    unknown: 'Ikke kjent nå',
  } satisfies Record<PublicPromise['state'], string>,
  summary: (holds: number, all: number, when: string) =>
    `${holds} av ${all} løfter vises å holde, sist sjekket ${when}.`,
  brokenCount: (count: number) => (count === 1 ? '1 løfte er brutt.' : `${count} løfter er brutt.`),
  notYetCount: (count: number) => (count === 1 ? '1 kan ikke vises ennå.' : `${count} kan ikke vises ennå.`),
  unknown: 'Om løftene holder, er ikke kjent akkurat nå.',
  see: 'Se hvert løfte',
  how: 'Serveren prøver løftene mot sin egen database, sine nøkler og sine logger, time for time. Det som telles av personer, rundes ned til hele tiere.',
  checked: (when: string) => `Sist sjekket ${when}.`,
  notYet: (why: string) => `Kan ikke vises ennå: ${why}.`,
  brokenKinds: (kinds: number) => (kinds === 1 ? 'Brutt på én måte.' : `Brutt på ${kinds} måter.`),
  counted: (what: string) => `Sett på: ${what}.`,
  told: 'De ansvarlige varsles.',
};

const en: typeof nb = {
  state: { holds: 'Holds', broken: 'Broken', 'not-yet': 'Not yet', unknown: 'Not known now' },
  summary: (holds, all, when) => `${holds} of ${all} promises are shown to hold, last checked ${when}.`,
  brokenCount: (count) => (count === 1 ? '1 promise is broken.' : `${count} promises are broken.`),
  notYetCount: (count) => (count === 1 ? '1 cannot be shown yet.' : `${count} cannot be shown yet.`),
  unknown: 'Whether the promises hold is not known just now.',
  see: 'See each promise',
  how: 'The server tries the promises against its own database, keys and logs, hour by hour. Numbers of people are rounded down to whole tens.',
  checked: (when) => `Last checked ${when}.`,
  notYet: (why) => `Cannot be shown yet: ${why}.`,
  brokenKinds: (kinds) => (kinds === 1 ? 'Broken in one way.' : `Broken in ${kinds} ways.`),
  counted: (what) => `Looked at: ${what}.`,
  told: 'Those responsible are being alerted.',
};

/** What stands beside each promise about whether it holds. */
export const promiseTexts: Record<Language, typeof nb> = { nb, en };
