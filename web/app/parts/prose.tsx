import type { PublicPromise } from '#http/contract.ts';
import type { Block, Language, Section, Span } from '#statement/grammar.ts';
import { common } from '../texts/common.ts';
import { Each } from './each.tsx';
import { PromiseMark } from './promise.tsx';
import { Table } from './table.tsx';

/** One section of the statement: heading, the clauses it states and whether they hold, and what it says. */
export function ProseSection({
  section,
  language,
  promises,
}: {
  section: Section;
  language: Language;
  promises: ReadonlyMap<string, PublicPromise>;
}) {
  const Heading = section.level === 2 ? 'h2' : 'h3';
  const title = `title-${section.id}`;
  return (
    <section id={section.id} aria-labelledby={title} className={section.level === 2 ? 'major' : undefined}>
      <Heading id={title} className="ds-heading" data-size={section.level === 2 ? 'md' : 'xs'}>
        {section.heading}
      </Heading>
      <ClauseTags clauses={section.clauses} anchored={section.id} language={language} promises={promises} />
      <Each of={section.blocks} as={(block) => <ProseBlock block={block} />} />
    </section>
  );
}

/**
 * The clauses a section states, each a link to itself: what to copy to point someone to it. The section carries the
 * id of its first clause; the tags of the others carry their own. Beside each stands whether it holds.
 */
function ClauseTags(props: {
  clauses: readonly string[];
  anchored: string;
  language: Language;
  promises: ReadonlyMap<string, PublicPromise>;
}) {
  const { clauses, anchored, language, promises } = props;
  if (clauses.length === 0) return null;
  return (
    <ul className="clause-tags">
      {clauses.map((clause) => {
        const promise = promises.get(clause);
        return (
          <li key={clause}>
            <a
              id={clause === anchored ? undefined : clause}
              className="clause-tag"
              href={`#${clause}`}
              aria-label={common[language].clauseLink(clause)}
            >
              {clause}
            </a>
            {promise ? <PromiseMark promise={promise} language={language} /> : null}
          </li>
        );
      })}
    </ul>
  );
}

function ProseBlock({ block }: { block: Block }) {
  if (block.kind === 'paragraph') {
    return (
      <p>
        <Spans spans={block.spans} />
      </p>
    );
  }
  if (block.kind === 'list') {
    return (
      <ul>
        <Each
          of={block.items}
          as={(item) => (
            <li>
              <Spans spans={item} />
            </li>
          )}
        />
      </ul>
    );
  }
  return <Table caption={block.caption} head={block.head} rows={block.rows} />;
}

/** Text of one line. A fact, which the rules supplied, is marked as such. */
function Spans({ spans }: { spans: readonly Span[] }) {
  return <Each of={spans} as={(span) => <SpanText span={span} />} />;
}

function SpanText({ span }: { span: Span }) {
  if (span.kind === 'strong') return <strong>{span.text}</strong>;
  if (span.kind === 'fact') return <span className="fact">{span.text}</span>;
  if (span.kind === 'link') {
    return (
      <a className="ds-link" href={span.href}>
        {span.text}
      </a>
    );
  }
  return span.text;
}
