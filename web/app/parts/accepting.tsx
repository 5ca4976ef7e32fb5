import type { AcceptedDocuments, DocumentAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { path } from '../paths.ts';
import { documents } from '../texts/documents.ts';
import { read } from '../visit.ts';
import { Checkbox, type Errors, FieldError } from './fields.tsx';

const NAMES = ['agreement', 'dpa'] as const satisfies readonly DocumentAnswer['document'][];

/** The versions in force, which are what can be accepted. */
export async function versionsInForce(
  context: Parameters<typeof read>[0],
  request: Request,
): Promise<AcceptedDocuments> {
  const [agreement, dpa] = await Promise.all(
    NAMES.map((name) => read<DocumentAnswer>(context, request, `/documents/${name}`)),
  );
  return { agreement: agreement!.version, dpa: dpa!.version };
}

/** What a form accepted, and what is wrong with it: both documents are accepted, each by a box of its own. */
export function acceptedIn(
  form: FormData,
  language: Language,
): { accept: AcceptedDocuments; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const accept = { agreement: '', dpa: '' };
  for (const name of NAMES) {
    accept[name] = String(form.get(name) ?? '');
    if (accept[name] === '') errors[name] = documents[language].mustAccept[name];
  }
  return { accept, errors };
}

/** One box for each document, never ticked beforehand, with the way to read it (clause `0.roles`, art. 28(3)). */
export function Accepting(props: {
  versions: AcceptedDocuments;
  /** What the person has ticked already, in a form that came back to be mended. */
  ticked?: AcceptedDocuments | undefined;
  errors: Errors;
  language: Language;
}) {
  const { versions, ticked, errors, language } = props;
  const words = documents[language];
  return (
    <fieldset className="ds-fieldset">
      <legend className="ds-label" data-weight="medium">
        {words.accept}
      </legend>
      <ul className="plain">
        {NAMES.map((name) => (
          <li key={name}>
            <a className="ds-link" href={path(name, language)} target="_blank" rel="noopener">
              {words.reads[name]}
            </a>
          </li>
        ))}
      </ul>
      <div className="choices">
        {NAMES.map((name) => (
          <div key={name}>
            <Checkbox
              id={name}
              name={name}
              value={versions[name]}
              checked={ticked?.[name] === versions[name]}
              label={words.accepts[name](versions[name])}
            />
            {errors[name] ? <FieldError id={`${name}-error`} text={errors[name]} /> : null}
          </div>
        ))}
      </div>
    </fieldset>
  );
}
