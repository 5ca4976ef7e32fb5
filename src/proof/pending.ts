import type { ClauseId } from '#statement/grammar.ts';

const COURSES = 'the course module is not there yet';
const SUPPORT = 'the service desk is not there yet';
const VISITS = 'nothing is collected from visits yet';
const CLIENTS = 'companies have no agreements or modules here yet';
const SHARING = 'there is no door out yet: nothing is shared with anyone';
const READ = 'it is words to be read, and no row or file can show it';

const REASONS: Readonly<Record<ClauseId, string>> = {
  '0.roles': CLIENTS,
  '0.one-party': READ,
  'c.duty': SUPPORT,
  '1.1.course': COURSES,
  '1.1.support': SUPPORT,
  '1.2.behaviour': VISITS,
  '1.3.third-party': 'no register is asked yet',
  'u.newsletter': 'sign-up and leaving are there, sending is not yet',
  'u.course-documents': COURSES,
  'u.customer': 'access levels and payments have no pages here yet',
  'u.follow-up': SUPPORT,
  'u.cookies': 'only a real browser can show which cookies are set',
  'u.cookie-rotation': VISITS,
  'u.abuse': VISITS,
  'u.improve': VISITS,
  'u.campaign': VISITS,
  's.consent': SHARING,
  's.no-sale': SHARING,
  's.authority': SHARING,
  's.processors': SHARING,
  'r.portability': 'taking the export in somewhere else is not there yet',
  'r.complain': READ,
  'k.client': CLIENTS,
  'k.bookkeeping': 'no accounting records are kept here yet',
  'k.contact-agreement': CLIENTS,
  'k.by-mail': SUPPORT,
  'v.available': 'the page has to be fetched from each host, which is not done from here yet',
};

/** Why a clause has no check, in a few words. */
export function whyNotYet(clause: ClauseId): string {
  return REASONS[clause] ?? 'no check has been written for it yet';
}
