import { data, type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { DocumentAnswer, PublicPromise } from '#http/contract.ts';
import { longDate } from '../dates.ts';
import { Alert } from '../parts/fields.tsx';
import { ProseSection } from '../parts/prose.tsx';
import { languageOf, path } from '../paths.ts';
import { documents } from '../texts/documents.ts';
import { call, refused } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const name: DocumentAnswer['document'] = pathname === path('dpa', language) ? 'dpa' : 'agreement';
  const version = searchParams.get('version');
  const query = version === null ? '' : `?${new URLSearchParams({ version })}`;
  const answer = await call<DocumentAnswer>(context, 'GET', `/documents/${name}${query}`);
  if (answer.status !== 200) throw refused(answer, language);
  return data({ document: answer.body as DocumentAnswer, language });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData?.document.prose[loaderData.language].title },
];

/** A document that clients accept, in the version in force or an older one. */
export default function Document() {
  const { document, language } = useLoaderData<typeof loader>();
  const words = documents[language];
  const prose = document.prose[language];
  const other: DocumentAnswer['document'] = document.document === 'dpa' ? 'agreement' : 'dpa';
  const here = path(document.document, language);
  return (
    <div className="narrow page">
      <p className="eyebrow">{words.version(document.version, longDate(document.updated, language))}</p>
      <h1 className="ds-heading" data-size="xl">
        {prose.title}
      </h1>
      {document.current ? null : (
        <div className="spaced">
          <Alert color="info">
            {words.old(document.versions[0]!.version)}{' '}
            <a className="ds-link" href={here}>
              {words.toCurrent}
            </a>
          </Alert>
        </div>
      )}
      <div className="prose spaced">
        {prose.sections.map((section) => (
          <ProseSection key={section.id} section={section} language={language} promises={NOTHING} />
        ))}
      </div>
      <section className="spaced" aria-labelledby="title-versions">
        <h2 id="title-versions" className="ds-heading" data-size="xs">
          {words.versions}
        </h2>
        <ul className="plain">
          {document.versions.map(({ version, updated }, place) => (
            <li key={version}>
              <a className="ds-link" href={`${here}?${new URLSearchParams({ version })}`}>
                {words.version(version, longDate(updated, language))}
              </a>
              {place === 0 ? ` (${words.inForce})` : ''}
            </li>
          ))}
        </ul>
      </section>
      <p className="actions">
        <a className="ds-button" data-variant="secondary" href={path(other, language)}>
          {words.other[document.document]}
        </a>
      </p>
    </div>
  );
}

/** Whether promises hold is said beside the statement alone. */
const NOTHING = new Map<string, PublicPromise>();
