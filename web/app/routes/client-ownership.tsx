import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { UsersAnswer } from '#http/contract.ts';
import { ask, readOf, said, useClient } from '../client.ts';
import { longDate } from '../dates.ts';
import { Accepting, acceptedIn, versionsInForce } from '../parts/accepting.tsx';
import { AskOnce } from '../parts/ask-once.tsx';
import { ClientHead } from '../parts/client-head.tsx';
import { SelectField } from '../parts/fields.tsx';
import { ProveBefore } from '../parts/prove-first.tsx';
import { languageOf, path } from '../paths.ts';
import { missingIn } from '../refusals.ts';
import { ownershipTexts } from '../texts/client-ownership.ts';
import { freshness } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const { users } = await readOf<UsersAnswer>(context, request, params, '/users');
  return {
    users: users.filter(({ level, you }) => level !== 'owner' && !you),
    versions: await versionsInForce(context, request),
    confirm: await freshness(context, request),
    done: searchParams.get('done') ?? '',
    language: languageOf(pathname),
  };
}

export async function action(all: ActionFunctionArgs) {
  const { pathname } = new URL(all.request.url);
  const language = languageOf(pathname);
  const form = await all.request.formData();
  const rest = '/ownership';
  switch (form.get('intent')) {
    case 'offer': {
      const person = String(form.get('owner') ?? '');
      const missing = missingIn({ owner: person }, language);
      if (missing.owner !== undefined) return said('offer', {}, missing);
      return ask(all, { method: 'POST', rest, body: { person }, done: 'offered' }, 'offer');
    }
    case 'withdraw':
      return ask(all, { method: 'DELETE', rest, done: 'withdrawn' }, 'withdraw');
    case 'take': {
      const { accept, errors } = acceptedIn(form, language);
      if (Object.keys(errors).length > 0) return said('take', {}, errors);
      return ask(
        all,
        { method: 'POST', rest: `${rest}/acceptance`, body: { accept }, done: 'taken', next: 'client' },
        'take',
      );
    }
    default:
      throw redirect(pathname, 303);
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && ownershipTexts[loaderData.language].title },
];

/** Handing the account over to another user, who must say yes: a company is never without an owner. */
export default function ClientOwnership() {
  const { users, versions, confirm, done, language } = useLoaderData<typeof loader>();
  const { form, errors = {} } = useActionData<typeof action>() ?? {};
  const client = useClient();
  const words = ownershipTexts[language];
  const { offer, owner, me } = client;
  const named = (name: string | null | undefined) => name ?? words.nobody;
  return (
    <div className="my">
      <ClientHead words={words} lead={words.lead} done={done} errors={errors} language={language} />
      <p>{words.owner(named(owner?.name))}</p>
      {offer?.mine ? (
        <section aria-labelledby="title-take">
          <h2 id="title-take" className="ds-heading" data-size="md">
            {words.takeTitle}
          </h2>
          <p>{words.takeText(named(owner?.name), longDate(offer.offeredAt, language))}</p>
          {confirm && form !== 'take' ? (
            <ProveBefore text={words.takeConfirmText} href={confirm} language={language} />
          ) : (
            <form className="sheet form" method="post" noValidate>
              <Accepting versions={versions} errors={form === 'take' ? errors : {}} language={language} />
              <button className="ds-button" type="submit" name="intent" value="take">
                {words.take}
              </button>
            </form>
          )}
        </section>
      ) : null}
      {offer && me.level === 'owner' ? (
        <section aria-labelledby="title-waiting">
          <h2 id="title-waiting" className="ds-heading" data-size="md">
            {words.waitingTitle}
          </h2>
          <p>{words.waiting(named(offer.name), longDate(offer.offeredAt, language))}</p>
          <AskOnce title={words.withdraw} text={words.withdrawText} go={words.withdrawGo} intent="withdraw" />
        </section>
      ) : null}
      {!offer && me.level === 'owner' ? (
        <section aria-labelledby="title-offer">
          <h2 id="title-offer" className="ds-heading" data-size="md">
            {words.offerTitle}
          </h2>
          {users.length === 0 ? (
            <p>
              {words.alone}{' '}
              <a className="ds-link" href={path('clientUsers', language, { client: client.client })}>
                {words.aloneGo}
              </a>
            </p>
          ) : (
            <>
              <p>{words.offerText}</p>
              {confirm && form !== 'offer' ? (
                <ProveBefore text={words.confirmText} href={confirm} language={language} />
              ) : (
                <form className="sheet form" method="post" noValidate>
                  <SelectField
                    id="owner"
                    name="owner"
                    label={words.who}
                    choices={[
                      { value: '', label: '' },
                      ...users.map(({ person, name, email }) => ({
                        value: person,
                        label: name ?? email ?? words.nobody,
                      })),
                    ]}
                    error={form === 'offer' ? errors.owner : undefined}
                  />
                  <button className="ds-button" type="submit" name="intent" value="offer">
                    {words.offer}
                  </button>
                </form>
              )}
            </>
          )}
        </section>
      ) : null}
    </div>
  );
}
