import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { HoldsAnswer } from '#http/contract.ts';
import { Alert, type Errors } from '../parts/fields.tsx';
import { HoldFacts, ReviewHold } from '../parts/holds.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, textOf } from '../refusals.ts';
import { demandRoom } from '../staff.ts';
import { holdTexts } from '../texts/holds.ts';
import { call, read, refused } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consoleHolds');
  const { pathname, searchParams } = new URL(request.url);
  const { holds } = await read<HoldsAnswer>(context, request, '/holds');
  return { holds, done: searchParams.get('done') ?? '', language: languageOf(pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  const part = (name: string) => encodeURIComponent(String(form.get(name) ?? ''));
  const where = `/persons/${part('person')}/holds/${part('hold')}`;
  const review = form.get('intent') === 'review';
  const { until, review: next } = textOf(form, ['until', 'review']);
  // An end that was emptied is taken away: from then on the hold stands until it is released.
  const answer = review
    ? await call(context, 'POST', `${where}/reviews`, { until: until ?? null, ...(next && { review: next }) })
    : await call(context, 'DELETE', where);
  if (answer.status < 300) throw redirect(`${pathname}?done=${review ? 'reviewed' : 'released'}`, 303);
  if (answer.status === 401 || answer.status === 403 || answer.status >= 500)
    throw refused(answer, language, new URL(request.url).pathname);
  return data(
    { hold: String(form.get('hold')), errors: errorsOf(answer, language) },
    { status: answer.status },
  );
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && holdTexts[loaderData.language].title },
];

/** Every hold that stands; each can be reviewed and released here. The reason is on the person's own page. */
export default function ConsoleHolds() {
  const { holds, done, language } = useLoaderData<typeof loader>();
  const failed = useActionData<typeof action>();
  const words = holdTexts[language];
  const errors: Errors = failed?.errors ?? {};
  const isListed = holds.some((hold) => hold.id === failed?.hold);
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {words.done[done] && failed === undefined ? <Alert color="success">{words.done[done]}</Alert> : null}
      {failed !== undefined && !isListed ? (
        <Alert color="danger">{Object.values(errors).join(' ')}</Alert>
      ) : null}
      {holds.length === 0 ? <p>{words.none}</p> : null}
      <ul className="items">
        {holds.map((hold) => (
          <li className="item" key={hold.id} id={`hold-${hold.id}`}>
            <div className="item-head">
              <h2 className="ds-heading" data-size="xs">
                <a className="ds-link" href={`${path('consolePerson', language, { id: hold.person })}#holds`}>
                  {words.person(hold.person)}
                </a>
              </h2>
              {hold.overdue ? (
                <span className="ds-tag" data-color="danger">
                  {words.overdue}
                </span>
              ) : null}
            </div>
            <HoldFacts hold={hold} language={language} />
            <ReviewHold hold={hold} language={language} errors={hold.id === failed?.hold ? errors : {}} />
          </li>
        ))}
      </ul>
    </div>
  );
}
