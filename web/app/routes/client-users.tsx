import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { InvitationsAnswer, LevelsAnswer, UsersAnswer } from '#http/contract.ts';
import { ask, may, part, readOf, said, under, useClient } from '../client.ts';
import { demandStatement } from '../known.ts';
import { ClientHead } from '../parts/client-head.tsx';
import { Invite, Waiting } from '../parts/invitations.tsx';
import { Pages } from '../parts/pages.tsx';
import { UserCard } from '../parts/users.tsx';
import { languageOf } from '../paths.ts';
import { missingIn, textOf } from '../refusals.ts';
import { userTexts } from '../texts/client-users.ts';
import { call, refused } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const cursor = searchParams.get('cursor');
  const query = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  const list = await readOf<UsersAnswer>(context, request, params, `/users${query}`);
  const { levels } = await readOf<LevelsAnswer>(context, request, params, '/levels');
  await demandStatement(context, request);
  // Not everybody may see whom else is asked; whether this user may is the API's to say.
  const waiting = await call<InvitationsAnswer>(context, 'GET', under(params, '/invitations'));
  if (waiting.status !== 200 && waiting.status !== 403) throw refused(waiting, language);
  return {
    list,
    levels,
    invitations: waiting.status === 200 ? (waiting.body as InvitationsAnswer).invitations : [],
    isFirst: cursor === null,
    done: searchParams.get('done') ?? '',
    language,
  };
}

export async function action(all: ActionFunctionArgs) {
  const { pathname } = new URL(all.request.url);
  const language = languageOf(pathname);
  const form = await all.request.formData();
  const intent = String(form.get('intent'));
  if (intent === 'invite') {
    const values = textOf(form, ['email', 'name', 'level', 'language']);
    const { email = '', level = '' } = values;
    const missing = missingIn({ email, level }, language);
    if (missing.email !== undefined || missing.level !== undefined) return said('invite', values, missing);
    const body = { ...values, email, level };
    return ask(all, { method: 'POST', rest: '/invitations', body, done: 'invited' }, 'invite', values);
  }
  const user = `/users/${part(form, 'person')}`;
  if (intent === 'uninvite')
    return ask(
      all,
      { method: 'DELETE', rest: `/invitations/${part(form, 'invitation')}`, done: 'uninvited' },
      intent,
    );
  if (intent === 'level')
    return ask(
      all,
      { method: 'PATCH', rest: user, body: { level: form.get('level') }, done: 'changed' },
      intent,
    );
  if (intent === 'remove') return ask(all, { method: 'DELETE', rest: user, done: 'removed' }, intent);
  throw redirect(pathname, 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && userTexts[loaderData.language].title },
];

/** Who uses the account, who has been asked to, and the form that asks (clause `u.customer`). */
export default function ClientUsers() {
  const { list, levels, invitations, isFirst, done, language } = useLoaderData<typeof loader>();
  const { form, values = {}, errors = {} } = useActionData<typeof action>() ?? {};
  const client = useClient();
  const words = userTexts[language];
  const manages = may(client, 'users.manage');
  // Nobody gives a right that they lack, and the ownership is handed over elsewhere.
  const givable = levels
    .filter(({ level, rights }) => level !== 'owner' && rights.every((right) => may(client, right)))
    .map(({ level, name }) => ({ value: level, label: name[language] }));
  return (
    <div className="my">
      <ClientHead
        words={words}
        lead={words.lead(client.company.name)}
        done={done}
        errors={errors}
        language={language}
      />
      <ul className="items">
        {list.users.map((user) => (
          <UserCard
            key={user.person}
            user={user}
            givable={manages && user.level !== 'owner' && !user.you ? givable : []}
            language={language}
          />
        ))}
      </ul>
      <Pages next={list.next} isFirst={isFirst} words={words} />
      {invitations.length > 0 ? <Waiting invitations={invitations} language={language} /> : null}
      {manages ? (
        <Invite
          levels={givable}
          values={form === 'invite' ? values : {}}
          errors={form === 'invite' ? errors : {}}
          language={language}
        />
      ) : null}
    </div>
  );
}
