import type { ComparisonAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { versionTexts } from '../texts/versions.ts';
import { Each } from './each.tsx';

type Section = ComparisonAnswer['sections'][number];
type Runs = NonNullable<Section['rows'][number]['before']>;

/** Two versions of the text beside each other; on a narrow screen each paragraph stands over what became of it. */
export function SideBySide({ compared, language }: { compared: ComparisonAnswer; language: Language }) {
  const words = versionTexts[language];
  const changed = compared.sections.filter(({ state }) => state !== 'same');
  const same = compared.sections.length - changed.length;
  return (
    <section className="spaced compared" aria-labelledby="title-compared">
      <h2 id="title-compared" className="ds-heading" data-size="md">
        {words.comparedTitle(compared.from, compared.to)}
      </h2>
      {compared.changes.length > 0 ? (
        <>
          <h3 className="ds-heading" data-size="xs">
            {words.matters}
          </h3>
          <ul className="ds-list">
            {compared.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      ) : (
        <p>{words.mattersNot}</p>
      )}
      {changed.length === 0 ? (
        <p>{words.same}</p>
      ) : (
        <p className="quiet">
          {words.legend} <del>{words.gone}</del> <ins>{words.came}</ins>
        </p>
      )}
      {changed.map((section) => (
        <Changed key={section.id} section={section} compared={compared} language={language} />
      ))}
      {same > 0 && changed.length > 0 ? <p className="quiet">{words.sameSections(same)}.</p> : null}
    </section>
  );
}

function Changed(props: { section: Section; compared: ComparisonAnswer; language: Language }) {
  const { section, compared, language } = props;
  const words = versionTexts[language];
  const title = `compared-${section.id}`;
  const rows = section.rows.filter((row) => isChanged(row.before) || isChanged(row.after));
  return (
    <section className="sides" aria-labelledby={title}>
      <h3 id={title} className="ds-heading" data-size="xs">
        {section.heading}{' '}
        <span className="ds-tag" data-color="neutral">
          {words.state[section.state]}
        </span>
      </h3>
      <table className="sides-table">
        <caption className="ds-sr-only">{section.heading}</caption>
        <thead>
          <tr>
            <th scope="col">{compared.from}</th>
            <th scope="col">{compared.to}</th>
          </tr>
        </thead>
        <tbody>
          <Each
            of={rows}
            as={(row) => (
              <tr data-kind={row.kind}>
                <td data-label={compared.from}>
                  <Side runs={row.before} language={language} />
                </td>
                <td data-label={compared.to}>
                  <Side runs={row.after} language={language} />
                </td>
              </tr>
            )}
          />
        </tbody>
      </table>
    </section>
  );
}

/** What was taken out and put in is told in words as well, for whoever hears the page and for whoever sees no colours. */
function Side({ runs, language }: { runs: Runs | null; language: Language }) {
  const words = versionTexts[language];
  if (runs === null) return <span className="quiet small">{words.empty}</span>;
  return (
    <Each
      of={runs}
      as={({ kind, text }) =>
        kind === 'same' ? (
          text
        ) : kind === 'removed' ? (
          <del>
            <span className="ds-sr-only">{words.gone}: </span>
            {text}
          </del>
        ) : (
          <ins>
            <span className="ds-sr-only">{words.came}: </span>
            {text}
          </ins>
        )
      }
    />
  );
}

function isChanged(runs: Runs | null): boolean {
  return runs === null || runs.some(({ kind }) => kind !== 'same');
}
