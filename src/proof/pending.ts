import type { ClauseId, Text } from '#statement/grammar.ts';

const because = (nb: string, en: string): Text => ({ nb, en });

const COURSES = because('kursmodulen er ikke på plass ennå', 'the course module is not there yet');
const SUPPORT = because('kundestøtten er ikke på plass ennå', 'the service desk is not there yet');
const VISITS = because('ingenting samles inn fra besøk ennå', 'nothing is collected from visits yet');
const SHARING = because(
  'det finnes ingen dør ut ennå: ingenting deles med noen',
  'there is no door out yet: nothing is shared with anyone',
);
const READ = because(
  'det er ord som skal leses, og ingen rad eller fil kan vise det',
  'it is words to be read, and no row or file can show it',
);

const REASONS: Readonly<Record<ClauseId, Text>> = {
  '0.one-party': READ,
  'c.duty': SUPPORT,
  '1.1.course': COURSES,
  '1.1.support': SUPPORT,
  '1.2.behaviour': VISITS,
  'u.newsletter': because(
    'påmelding og avmelding er på plass, utsending er det ikke ennå',
    'sign-up and leaving are there, sending is not yet',
  ),
  'u.course-documents': COURSES,
  'u.follow-up': SUPPORT,
  'u.cookies': because(
    'bare en ekte nettleser kan vise hvilke informasjonskapsler som settes',
    'only a real browser can show which cookies are set',
  ),
  'u.cookie-rotation': VISITS,
  'u.abuse': VISITS,
  'u.improve': VISITS,
  'u.campaign': VISITS,
  's.consent': SHARING,
  's.no-sale': SHARING,
  's.authority': SHARING,
  's.processors': SHARING,
  'r.portability': because(
    'å ta kopien i bruk et annet sted er ikke på plass ennå',
    'taking the export in somewhere else is not there yet',
  ),
  'r.complain': READ,
  'k.by-mail': SUPPORT,
  'v.available': because(
    'ingen server har hentet sine egne sider siden denne versjonen ble tatt i bruk',
    'no server has fetched its own pages since this version was applied',
  ),
};

/** Why a clause has no check, in a few words. */
export function whyNotYet(clause: ClauseId): Text {
  return (
    REASONS[clause] ??
    because('ingen har skrevet en prøve for det ennå', 'no check has been written for it yet')
  );
}
