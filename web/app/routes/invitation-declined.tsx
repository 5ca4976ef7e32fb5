import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import { Message } from '../parts/message.tsx';
import { languageOf } from '../paths.ts';
import { invitationTexts } from '../texts/invitation.ts';

export function loader({ request }: LoaderFunctionArgs) {
  return { language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && invitationTexts[loaderData.language].declinedTitle },
];

/** After a no to an invitation: what was given is gone. */
export default function InvitationDeclined() {
  const { language } = useLoaderData<typeof loader>();
  const words = invitationTexts[language];
  return <Message title={words.declinedTitle} lead={words.declinedText} />;
}
