import type { KeepRoundsAnswer } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { dateAndTime } from '../dates.ts';
import { forecastTexts } from '../texts/forecast.ts';
import { Each } from './each.tsx';
import { ClauseLink } from './notice.tsx';
import { Table } from './table.tsx';

type Round = KeepRoundsAnswer['rounds'][number];

/** What the last rounds of keeping took, and how far one has come that is under way. */
export function KeepRounds(props: {
  rounds: readonly Round[];
  statement: Statement;
  here: string;
  language: Language;
}) {
  const { rounds, statement, here, language } = props;
  const words = forecastTexts[language];
  const running = rounds.find(({ state }) => state === 'running');
  const past = rounds.filter((round) => round !== running);
  return (
    <section id="rounds" aria-labelledby="title-rounds">
      <h2 id="title-rounds" className="ds-heading" data-size="md">
        {words.rounds}
      </h2>
      <p>{words.roundsText}</p>
      {running === undefined ? null : <Running round={running} here={here} language={language} />}
      {past.length === 0 && running === undefined ? <p>{words.noRounds}</p> : null}
      {past.length === 0 ? null : (
        <Table
          caption={words.roundsCaption}
          head={words.roundHead}
          figures={[2]}
          stacks
          rows={past.map((round) => [
            dateAndTime(round.at, language),
            <Took key="took" round={round} statement={statement} language={language} />,
            String(round.erased),
          ])}
        />
      )}
    </section>
  );
}

/** No page reloads itself, since that takes the place from whoever reads it by ear (WCAG 2.2.1): a link asks again. */
function Running({ round, here, language }: { round: Round; here: string; language: Language }) {
  const words = forecastTexts[language];
  return (
    <div className="sheet stack">
      <p>
        <label htmlFor="round">
          <strong>{words.running}.</strong> {words.steps(round.step, round.steps)}
        </label>
      </p>
      <progress id="round" className="round" value={round.step} max={round.steps} />
      <p>
        <a className="ds-link" href={here}>
          {words.again}
        </a>
      </p>
    </div>
  );
}

function Took(props: { round: Round; statement: Statement; language: Language }) {
  const { round, statement, language } = props;
  const words = forecastTexts[language];
  return (
    <>
      {round.results.length === 0 && round.state === 'done' ? words.tookNothing : null}
      <Each
        of={round.results}
        as={({ clause, rows }) => (
          <span className="item-also">
            <ClauseLink
              clause={clause}
              text={words.took(statement.clauses[clause]?.title[language] ?? clause, rows)}
              language={language}
            />
          </span>
        )}
      />
      {round.state === 'cut-short' ? words.cutShort : null}
    </>
  );
}
