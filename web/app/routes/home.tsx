import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { demandStatement } from '../known.ts';
import { languageOf, type Page, path } from '../paths.ts';
import { home } from '../texts/home.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { statement, version, updated } = await demandStatement(context, request);
  const language = languageOf(new URL(request.url).pathname);
  return { operator: statement.operator.name, version, updated, language };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [{ title: loaderData?.operator }];

/** The front page: what can be done here, in three doors. */
export default function Home() {
  const { operator, version, updated, language } = useLoaderData<typeof loader>();
  const words = home[language];
  return (
    <>
      <div className="hero" data-color-scheme="dark">
        <div className="wide">
          <h1 className="ds-heading" data-size="2xl">
            {words.title}
          </h1>
          <p className="lead">{words.lead(operator)}</p>
        </div>
      </div>
      <div className="wide page">
        <ul className="doors">
          <Door
            page="become"
            language={language}
            title={words.becomeTitle}
            text={words.becomeText}
            go={words.becomeGo}
          />
          <Door
            page="newsletter"
            language={language}
            title={words.newsletterTitle}
            text={words.newsletterText}
            go={words.newsletterGo}
          />
          <Door page="my" language={language} title={words.myTitle} text={words.myText} go={words.myGo} />
        </ul>
        <div className="statement-line">
          <p>
            <a className="ds-link" href={path('statement', language)}>
              {words.statement}
            </a>
          </p>
          <p className="quiet">{words.statementVersion(version, longDate(updated, language))}</p>
        </div>
      </div>
    </>
  );
}

function Door(props: { page: Page; language: Language; title: string; text: string; go: string }) {
  return (
    <li>
      <a className="door" href={path(props.page, props.language)}>
        <h2 className="ds-heading" data-size="sm">
          {props.title}
        </h2>
        <p>{props.text}</p>
        <span className="door-go">{props.go}</span>
      </a>
    </li>
  );
}
