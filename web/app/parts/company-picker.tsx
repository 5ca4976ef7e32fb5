import type { Language } from '#statement/grammar.ts';
import { dateAndTime, longDate } from '../dates.ts';
import { become } from '../texts/become.ts';
import { call } from '../visit.ts';
import { Alert, ErrorSummary } from './fields.tsx';

/** A company as it was found or written: what becomes a client. */
export interface Chosen {
  name: string;
  number: string;
  place: string;
  /** It is the register that says so. */
  register: boolean;
}

/** `GET /companies?q=`, as far as a choice between companies needs it; `GET /companies/:orgnr` has more. */
interface Company {
  number: string;
  name: string;
  form: { label: string };
  place: { municipality: string | null; place: string | null };
  state: string;
  since: string | null;
}
interface Answer {
  companies: Company[];
  more: boolean;
  source: { name: string; licence: { name: string; url: string }; fetchedAt: string; stale: boolean };
}

/** What a search came to: companies, a question that cannot be asked, or a register that does not answer. */
export interface Search {
  asked: string;
  found?: Answer;
  trouble?: 'bad' | 'away';
}

type Context = Parameters<typeof call>[0];

/** Asks the register through the API. That it does not answer is no trouble for the page: one can write by hand. */
export async function search(context: Context, asked: string): Promise<Search> {
  const { status, body } = await call<Answer>(
    context,
    'GET',
    `/companies?${new URLSearchParams({ q: asked })}`,
  );
  if (status === 200) return { asked, found: body as Answer };
  return { asked, trouble: status === 422 ? 'bad' : 'away' };
}

/** The company under a number, as it would be chosen; where the register says nothing of it, one writes the rest by hand. */
export async function chosenBy(context: Context, number: string): Promise<Chosen> {
  const { status, body } = await call<Company>(context, 'GET', `/companies/${encodeURIComponent(number)}`);
  return status === 200 ? chosenOf(body as Company) : { ...BY_HAND, number };
}

/** The one company whose name is exactly the one asked for, as it would be chosen. */
export function likely({ asked, found }: Search): Chosen | undefined {
  const same = found?.companies.filter(({ name }) => name.toLowerCase() === asked.trim().toLowerCase()) ?? [];
  return same.length === 1 ? chosenOf(same[0]!) : undefined;
}

/** Whether there is anything to choose between. */
export function hasHits({ found }: Search): boolean {
  return found !== undefined && found.companies.length > 0;
}

/** A company that the register has said nothing of. */
export const BY_HAND: Chosen = { name: '', number: '', place: '', register: false };

function chosenOf({ name, number, place }: Company): Chosen {
  return { name, number, place: townOf(place), register: true };
}

/** The register writes places in capitals. */
function townOf({ place, municipality }: Company['place']): string {
  const town = (place ?? municipality ?? '').toLowerCase();
  return town
    .replace(/(^|[\s-])\p{L}/gu, (start) => start.toUpperCase())
    .replace(/ (I|Og|På|Ved) /g, (word) => word.toLowerCase());
}

/** The search box, what was found, and the way on by hand. Choosing one leads back here with its number. */
export function CompanyPicker(props: { search: Search | undefined; here: string; language: Language }) {
  const { search: said, here, language } = props;
  const words = become[language];
  const errors: Record<string, string> = said?.trouble === 'bad' ? { q: words.badQuery } : {};
  return (
    <section aria-labelledby="title-find">
      <ErrorSummary errors={errors} title={words.findTitle} />
      <h2 id="title-find" className="ds-heading" data-size="md">
        {words.findTitle}
      </h2>
      <p id="find-about">{words.findText}</p>
      <form className="search-row" method="get" action={here}>
        <div className="ds-field">
          <label className="ds-label" data-weight="medium" htmlFor="q">
            {words.query}
          </label>
          <input
            className="ds-input"
            id="q"
            name="q"
            type="search"
            defaultValue={said?.asked}
            maxLength={100}
            aria-describedby="find-about"
            aria-invalid={errors.q ? true : undefined}
          />
        </div>
        <button className="ds-button" type="submit">
          {words.find}
        </button>
      </form>
      {said?.trouble === 'away' ? <Alert color="info">{words.away}</Alert> : null}
      {said?.found ? <Hits answer={said.found} here={here} language={language} /> : null}
      <p>
        <a className="ds-link" href={`${here}?hand=1`}>
          {words.hand}
        </a>
      </p>
    </section>
  );
}

function Hits({ answer, here, language }: { answer: Answer; here: string; language: Language }) {
  const words = become[language];
  const { companies, more, source } = answer;
  if (companies.length === 0) return <Alert color="info">{words.none}</Alert>;
  return (
    <div className="spaced">
      <h3 className="ds-heading" data-size="xs">
        {words.found(companies.length)}
      </h3>
      <ul className="items">
        {companies.map((company) => (
          <Hit key={company.number} company={company} here={here} language={language} />
        ))}
      </ul>
      {more ? <p>{words.more}</p> : null}
      <p className="quiet small">
        {words.source(source.name, dateAndTime(source.fetchedAt, language))} {source.stale ? words.stale : ''}{' '}
        <a className="ds-link" data-color="neutral" href={source.licence.url}>
          {words.licence(source.licence.name)}
        </a>
      </p>
    </div>
  );
}

/** One company; those that the register has struck off are told of, so that one sees why they cannot be chosen. */
function Hit({ company, here, language }: { company: Company; here: string; language: Language }) {
  const words = become[language];
  const state = words.states[company.state] ?? '';
  const since = company.since === null ? '' : ` ${longDate(company.since, language)}`;
  const facts = [spaced(company.number), company.form.label, townOf(company.place)];
  return (
    <li className="item">
      <div className="item-head">
        <div>
          <p className="item-label">{company.name}</p>
          <p className="quiet small">{facts.filter((fact) => fact !== '').join(' · ')}</p>
          {state ? <p className="small">{`${state}${since}`}</p> : null}
        </div>
        {company.state === 'struck-off' ? null : (
          <a
            className="ds-button"
            data-variant="secondary"
            href={`${here}?${new URLSearchParams({ number: company.number })}`}
            aria-label={words.chooseLabel(company.name)}
          >
            {words.choose}
          </a>
        )}
      </div>
    </li>
  );
}

/** `974 760 673`, as organisation numbers are written. */
export function spaced(number: string): string {
  return number.replace(/^(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3');
}
