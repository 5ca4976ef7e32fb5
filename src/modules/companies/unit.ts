import { z } from 'zod';
import { holdsNationalId } from '#gates/national-id.ts';

/** A code and what it stands for. */
export interface Coded {
  readonly code: string;
  readonly label: string;
}

export type CompanyState = 'active' | 'bankrupt' | 'winding-up' | 'struck-off';

/**
 * A company as we know it: what places it among others alike, and nothing else of what the register says. Its addresses of
 * mail, telephone numbers and people are not taken (clauses `1.2.minimal`, `1.3.third-party`). Null: not known.
 */
export interface Company {
  readonly number: string;
  readonly name: string;
  readonly form: Coded;
  /** True where the company is a person: the name is theirs, and nothing finer than the municipality is told of the place. */
  readonly personal: boolean;
  readonly place: {
    readonly municipality: string | null;
    readonly postalCode: string | null;
    readonly place: string | null;
  };
  /** By SN2025, dotted: `62.100`. */
  readonly industry: Coded | null;
  /** A band such as `5-9`. The register tells a number from five upwards; not told is not none. */
  readonly employees: string | null;
  readonly state: CompanyState;
  /** Since when it is so, where that is not `active`. */
  readonly since: string | null;
  readonly founded: string | null;
}

/** Forms whose companies are people, or may be: sole proprietors, persons in other registers, co-owners. */
const PERSONAL = new Set(['ENK', 'PERS', 'SAM']);

const text = z.string().nullish();
const code = z.object({ kode: z.string(), beskrivelse: text });
const address = z.object({ postnummer: text, poststed: text, kommune: text }).nullish();

/** What is used of a unit (v2). Whatever else it has, now or later, is left out by the shape. */
const Unit = z.object({
  organisasjonsnummer: z.string().regex(/^\d{9}$/),
  navn: z.string().min(1),
  organisasjonsform: code,
  forretningsadresse: address,
  postadresse: address,
  naeringskode1: code.nullish(),
  antallAnsatte: z.number().int().nonnegative().nullish(),
  harRegistrertAntallAnsatte: z.boolean().nullish(),
  stiftelsesdato: text,
  slettedato: text,
  konkurs: z.boolean().nullish(),
  konkursdato: text,
  underAvvikling: z.boolean().nullish(),
  underAvviklingDato: text,
  underTvangsavviklingEllerTvangsopplosning: z.boolean().nullish(),
});
type Unit = z.infer<typeof Unit>;

/** `Accept` of the unit and of a search for units; the version is the one that {@link Unit} knows. */
export const UNIT = 'application/vnd.brreg.enhetsregisteret.enhet.v2+json;charset=UTF-8';

/** Where the register of companies has one by its number. */
export const unitPath = (number: string) => `/enhetsregisteret/api/enheter/${number}`;

/** Reads one unit. */
export function readUnit(body: unknown): Company {
  return companyOf(Unit.parse(body));
}

const Page = z.object({
  _embedded: z.object({ enheter: z.array(z.unknown()) }).optional(),
  page: z.object({ totalElements: z.number().int() }),
});

/** Reads a page of a search; when nothing is found, there is no list at all. A unit that cannot be read is left out of it. */
export function readPage(body: unknown): { companies: Company[]; total: number } {
  const { _embedded, page } = Page.parse(body);
  const units = (_embedded?.enheter ?? []).map((unit) => Unit.safeParse(unit));
  // One odd company among many is no reason to find none; all of them odd is another form.
  if (units.length > 0 && !units.some(({ success }) => success)) throw new TypeError('no unit can be read');
  const companies = units.flatMap(({ data }) => (data === undefined ? [] : [companyOf(data)]));
  return { companies, total: page.totalElements };
}

function companyOf(unit: Unit): Company {
  const personal = PERSONAL.has(unit.organisasjonsform.kode);
  const at = unit.forretningsadresse ?? unit.postadresse;
  const [state, since] = stateOf(unit);
  return {
    number: unit.organisasjonsnummer,
    name: clean(unit.navn) ?? unit.organisasjonsnummer,
    form: coded(unit.organisasjonsform),
    personal,
    place: {
      municipality: clean(at?.kommune),
      postalCode: personal ? null : clean(at?.postnummer),
      place: personal ? null : clean(at?.poststed),
    },
    industry: unit.naeringskode1 ? coded(unit.naeringskode1) : null,
    employees: bandOf(unit),
    state,
    since: dateOf(since),
    founded: dateOf(unit.stiftelsesdato),
  };
}

const coded = ({ kode, beskrivelse }: { kode: string; beskrivelse?: string | null }): Coded => ({
  code: clean(kode) ?? '',
  label: clean(beskrivelse) ?? kode,
});

function stateOf(unit: Unit): [CompanyState, string | null | undefined] {
  if (unit.slettedato) return ['struck-off', unit.slettedato];
  if (unit.konkurs) return ['bankrupt', unit.konkursdato];
  if (unit.underAvvikling || unit.underTvangsavviklingEllerTvangsopplosning)
    return ['winding-up', unit.underAvviklingDato];
  return ['active', null];
}

const BANDS: readonly [least: number, name: string][] = [
  [250, '250+'],
  [100, '100-249'],
  [50, '50-99'],
  [20, '20-49'],
  [10, '10-19'],
  [5, '5-9'],
  [1, '1-4'],
];

function bandOf({ antallAnsatte, harRegistrertAntallAnsatte }: Unit): string | null {
  // Told that there are some and not how many: there are fewer than the register counts out loud.
  if (antallAnsatte == null) return harRegistrertAntallAnsatte ? '1-4' : null;
  return BANDS.find(([least]) => antallAnsatte >= least)?.[1] ?? null;
}

/** Longest text kept, in UTF-16 units; the register's own names end at 175. */
const MOST = 200;

/** A text of the register on one line; null for none, and for one that holds what looks like a national identity number. */
function clean(value: string | null | undefined): string | null {
  const line = (value ?? '')
    .normalize('NFC')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST);
  return line === '' || !line.isWellFormed() || holdsNationalId(line) ? null : line;
}

/** A calendar date; the register also writes none as an empty text. */
export function dateOf(value: string | null | undefined): string | null {
  return value != null && /^\d{4}-\d\d-\d\d$/.test(value) ? value : null;
}
