import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import { type Description, operationsOf } from '../api-description.ts';
import { ApiOperation, ApiShape } from '../parts/api-operation.tsx';
import { languageOf } from '../paths.ts';
import { developers } from '../texts/developers.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const description = await read<Description>(context, request, '/api/openapi.json');
  return {
    operations: operationsOf(description),
    shapes: Object.entries(description.components.schemas),
    language: languageOf(new URL(request.url).pathname),
  };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && developers[loaderData.language].title },
];

/** The API for people: every call and every shape, from the description itself. */
export default function Developers() {
  const { operations, shapes, language } = useLoaderData<typeof loader>();
  const words = developers[language];
  const tags = [...Map.groupBy(operations, ({ tag }) => tag)];
  return (
    <div className="wide page">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      <section className="prose">
        <h2 className="ds-heading" data-size="md">
          {words.startTitle}
        </h2>
        {words.start.map((text) => (
          <p key={text}>{text}</p>
        ))}
        <p>
          <a className="ds-link" href="/api/openapi.json">
            {words.description}
          </a>
        </p>
        {words.englishOnly ? <p className="quiet">{words.englishOnly}</p> : null}
      </section>
      <nav aria-label={words.contents}>
        <ul className="api-tags">
          {tags.map(([tag]) => (
            <li key={tag}>
              <a className="ds-link" href={`#tag-${tag}`}>
                {tag}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {tags.map(([tag, own]) => (
        <section className="spaced" key={tag}>
          <h2 className="ds-heading" data-size="sm" id={`tag-${tag}`}>
            {tag}
          </h2>
          {own.map((one) => (
            <ApiOperation key={one.id} one={one} language={language} />
          ))}
        </section>
      ))}
      <section className="spaced">
        <h2 className="ds-heading" data-size="md">
          {words.shapes}
        </h2>
        {shapes.map(([name, schema]) => (
          <div className="spaced" key={name} id={`shape-${name}`}>
            <ApiShape caption={name} schema={schema} language={language} />
          </div>
        ))}
      </section>
    </div>
  );
}
