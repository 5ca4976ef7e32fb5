import type { Language } from '#statement/grammar.ts';
import { fieldsOf, kindOf, type Operation, type Schema } from '../api-description.ts';
import { developers } from '../texts/developers.ts';
import { Table } from './table.tsx';

/** One call of the API, folded: who may make it, what goes in and out, and how it says no. */
export function ApiOperation({ one, language }: { one: Operation; language: Language }) {
  const words = developers[language];
  return (
    <details className="ds-details api-call" id={one.id}>
      <summary>
        <span className="api-line">
          <code className="api-method">{one.method}</code> <code>{one.path.slice('/api/v1'.length)}</code>
          <span className="api-about" lang="en">
            <Words text={one.about} />
          </span>
        </span>
      </summary>
      <div className="stack">
        <p className="quiet">
          {words.who[one.who] ?? words.role(one.who)}
          {one.who === 'anybody' ? '' : ` · ${keysOf(one, words)}`}
        </p>
        <Code text={one.curl} label={words.example} />
        {one.parameters.length === 0 ? null : (
          <div lang="en">
            <Table
              caption={words.parameters}
              head={words.parameterHead}
              rows={one.parameters.map(({ name, in: where, required, schema, description }) => [
                <code key={name}>{name}</code>,
                words.where[where],
                <Kind key={`${name} kind`} schema={schema} />,
                [description ?? schema.description, required ? undefined : `(${words.optional})`]
                  .filter(Boolean)
                  .join(' '),
              ])}
            />
          </div>
        )}
        {one.body === undefined ? null : (
          <ApiShape caption={words.takes} schema={one.body} language={language} />
        )}
        {one.answer?.schema === undefined ? (
          <p>
            <strong>{words.answers(one.status)}</strong>: {one.status === '204' ? words.nothing : words.file}
          </p>
        ) : (
          <>
            <p>
              <strong>{words.answers(one.status)}</strong>: <Kind schema={one.answer.schema} />
            </p>
            <Code text={one.answer.example ?? ''} label={words.example} />
          </>
        )}
        <p>
          <strong>{words.refuses}</strong>
        </p>
        <ul className="ds-list">
          {one.refusals.map(({ status, codes }) => (
            <li key={status}>
              {status}: <code>{codes.join(', ')}</code>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

/** The fields of a shape, on a line each. */
export function ApiShape(props: { caption: string; schema: Schema; language: Language }) {
  const { caption, schema, language } = props;
  const words = developers[language];
  const fields = fieldsOf(schema);
  if (fields.length === 0)
    return (
      <p>
        {caption}: <Kind schema={schema} />
      </p>
    );
  return (
    <Table
      caption={caption}
      head={words.fieldHead}
      rows={fields.map(({ name, required, schema: one }) => [
        <code key={name}>{name}</code>,
        <Kind key={`${name} kind`} schema={one} />,
        required ? words.needed : words.optional,
        <span key={`${name} about`} lang="en">
          <Words text={one.description ?? ''} />
        </span>,
      ])}
    />
  );
}

function Kind({ schema }: { schema: Schema }) {
  const { text, shape } = kindOf(schema);
  const code = <code>{text}</code>;
  return shape === undefined ? (
    code
  ) : (
    <a className="ds-link" href={`#shape-${shape}`}>
      {code}
    </a>
  );
}

/** A text in which names of fields stand between grave accents. */
function Words({ text }: { text: string }) {
  return text.split('`').map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
      <code key={at}>{part}</code>
    ) : (
      part
    ),
  );
}

/** Words for a machine, folded where they are wider than the page. */
function Code({ text, label }: { text: string; label: string }) {
  return (
    <section className="api-code" aria-label={label}>
      <pre>
        <code>{text}</code>
      </pre>
    </section>
  );
}

/** Which keys reach a call, and what they need. */
function keysOf({ scopes, rights }: Operation, words: (typeof developers)[Language]): string {
  if (scopes !== undefined) return words.scopes(scopes.join(', '));
  if (rights === undefined) return words.noKey;
  return rights.length === 0 ? words.anyClientKey : words.rights(rights.join(', '));
}
