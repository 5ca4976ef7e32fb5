import { isYearEnd } from './fiscal-year.ts';
import type { Statement } from './grammar.ts';
import { comparePeriods, isDate } from './period.ts';
import type { Say } from './problems.ts';
import { collected, covered, FISCAL_YEAR_ENDED, heldCategories, pointsOf } from './rules.ts';

/** Countries of the European Economic Area, ISO 3166: a transfer out of them needs a ground (art. 44). */
const EEA = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(' '),
);

/** Whether a country, ISO 3166, lies outside the EEA. */
export function outsideEea(country: string): boolean {
  return !EEA.has(country);
}

/** Judges a statement of the right shape: is it whole, does it contradict itself, does the law allow it? */
export function judgeSense(statement: Statement, say: Say): void {
  judgeDates(statement, say);
  judgePurposes(statement, say);
  judgePoints(statement, say);
  judgeStorage(statement, say);
  judgeArchive(statement, say);
  judgeRecipients(statement, say);
  judgeCookies(statement, say);
}

function judgeDates({ updated, operator, deadlines = {} }: Statement, say: Say): void {
  if (!isDate(updated)) say(['updated'], `updated: "${updated}" is not a date of the calendar`);
  if (operator.automatedDecisions && operator.automatedLogic === undefined)
    say(
      ['operator', 'automatedDecisions'],
      'operator: automated decisions need automatedLogic (art. 13(2)(f))',
      'key',
    );
  const { fiscalYearEnd } = operator;
  if (fiscalYearEnd !== undefined && !isYearEnd(fiscalYearEnd))
    say(['operator', 'fiscalYearEnd'], `operator.fiscalYearEnd: "${fiscalYearEnd}" is not a day of the year`);
  const most: Record<string, string> = { answer: 'P1M', 'answer-extension': 'P2M' };
  for (const [id, longest] of Object.entries(most)) {
    const deadline = Object.hasOwn(deadlines, id) ? deadlines[id] : undefined;
    if (deadline !== undefined && comparePeriods(deadline.period, longest) > 0)
      say(['deadlines', id, 'period'], `deadlines.${id}.period: art. 12(3) allows no more than ${longest}`);
  }
}

/** What § 13(1) nos. 1 to 4 of the bookkeeping act cover; what else is held is of those kept for three and a half years. */
const ENTRIES = 'accounting.record';

/**
 * A hold lasts as long as the act wants at the least: what left sooner would break a duty to keep. What is moved to the
 * archive needs a hold that says how long it is kept there: no archive without a duty.
 */
function judgeArchive(statement: Statement, say: Say): void {
  for (const [id, rule] of Object.entries(statement.storage)) {
    if (rule.end !== 'hold') continue;
    const categories = [...new Set(covered(statement, rule).map(([, category]) => category))];
    const least = categories.includes(ENTRIES) ? 'P5Y' : 'P3Y6M';
    if (comparePeriods(rule.period, least) < 0)
      say(
        ['storage', id, 'period'],
        `storage.${id}: bokføringsloven § 13 wants ${categories.join(', ')} kept for at least ${least}`,
      );
    if (rule.clock !== FISCAL_YEAR_ENDED)
      say(
        ['storage', id, 'clock'],
        `storage.${id}: bokføringsloven § 13 counts from the end of the fiscal year (${FISCAL_YEAR_ENDED})`,
      );
  }
  const held = new Set(heldCategories(statement).map(({ category }) => category));
  for (const [id, rule] of Object.entries(statement.storage)) {
    if (rule.end !== 'archive') continue;
    for (const category of new Set(covered(statement, rule).map(([, one]) => one)))
      if (!held.has(category))
        say(
          ['storage', id, 'end'],
          `storage.${id}: moves ${category} to the archive, and no rule that ends with hold says how long it is kept there`,
        );
  }
}

function judgePurposes(statement: Statement, say: Say): void {
  for (const [id, purpose] of Object.entries(statement.purposes)) {
    const path = ['purposes', id, 'basis'];
    if (purpose.basis === 'A6-1-f' && purpose.interest === undefined)
      say(path, `purposes.${id}: basis A6-1-f needs the interest pursued (art. 13(1)(d))`);
    if (purpose.basis !== 'A6-1-f' && purpose.interest !== undefined)
      say(['purposes', id, 'interest'], `purposes.${id}: an interest goes with basis A6-1-f only`, 'key');
    if (purpose.basis === 'A6-1-a' && pointsOf(statement, id).length === 0)
      say(path, `purposes.${id}: rests on consent, and no collection point asks for it`);
  }
}

function judgePoints(statement: Statement, say: Say): void {
  for (const [id, point] of Object.entries(statement.points)) {
    const purpose = statement.purposes[point.purpose]!;
    if (purpose.basis === 'A6-1-a' && point.consent === undefined)
      say(
        ['points', id],
        `points.${id}: ${point.purpose} rests on consent; give the exact words (art. 7)`,
        'key',
      );
    if (purpose.basis !== 'A6-1-a' && point.consent !== undefined)
      say(
        ['points', id, 'consent'],
        `points.${id}: asks for a consent that ${point.purpose} does not rest on (${purpose.basis})`,
        'key',
      );
    const asked = Object.keys(point.asks);
    if (asked.length === 0) say(['points', id, 'asks'], `points.${id}: asks for nothing`, 'key');
    for (const category of asked)
      if (!purpose.reads.includes(category))
        say(
          ['points', id, 'asks', category],
          `points.${id}: asks for ${category}, which ${point.purpose} does not read (art. 5(1)(c))`,
          'key',
        );
  }
}

function judgeStorage(statement: Statement, say: Say): void {
  const decided = new Map<string, string>();
  const kept = new Set<string>();
  for (const [id, rule] of Object.entries(statement.storage)) {
    const pairs = covered(statement, rule);
    if (pairs.length === 0)
      say(
        ['storage', id],
        `storage.${id}: covers nothing; its purposes collect nothing, so list categories`,
        'key',
      );
    for (const [purpose, category] of pairs) {
      const pair = `${category} for ${purpose}`;
      const other = decided.get(pair);
      if (other !== undefined)
        say(['storage', id], `storage.${id}: ${pair} is already decided by storage.${other}`, 'key');
      else decided.set(pair, id);
      kept.add(category);
    }
  }
  for (const purpose of Object.keys(statement.purposes))
    for (const category of collected(statement, purpose))
      if (!decided.has(`${category} for ${purpose}`))
        say(['purposes', purpose], `no storage rule says how long ${category} stays for ${purpose}`, 'key');
  for (const category of Object.keys(statement.categories))
    if (!kept.has(category))
      say(['categories', category], `no storage rule says how long ${category} stays`, 'key');
}

function judgeRecipients({ recipients }: Statement, say: Say): void {
  for (const [id, recipient] of Object.entries(recipients))
    if (outsideEea(recipient.country) && recipient.transfer === undefined)
      say(
        ['recipients', id, 'country'],
        `recipients.${id}: ${recipient.country} is outside the EEA; name the ground for the transfer (art. 44-49)`,
      );
}

function judgeCookies({ cookies, purposes }: Statement, say: Say): void {
  for (const [name, cookie] of Object.entries(cookies))
    if (!cookie.necessary && purposes[cookie.purpose]!.basis !== 'A6-1-a')
      say(
        ['cookies', name, 'necessary'],
        `cookies.${name}: not strictly necessary, so ${cookie.purpose} must rest on consent (ekomloven § 3-15)`,
      );
}
