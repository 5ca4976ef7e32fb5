import { type LoaderFunctionArgs, Outlet, useLoaderData, useLocation } from 'react-router';
import type { ClientAnswer } from '#http/contract.ts';
import { type Framed, may, under } from '../client.ts';
import { SideFrame } from '../parts/side-frame.tsx';
import { languageOf, path } from '../paths.ts';
import { clientTexts } from '../texts/client.ts';
import { read } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs): Promise<Framed> {
  return {
    client: await read<ClientAnswer>(context, request, under(params)),
    language: languageOf(new URL(request.url).pathname),
  };
}

type Room = keyof (typeof clientTexts)['nb']['rooms'];

/** The pages that this user has something to do on. The pages and the API judge for themselves. */
function roomsOf(client: ClientAnswer): Room[] {
  if (client.standing.state !== 'active') return ['client'];
  const rooms: Room[] = ['client', 'clientUsers', 'clientLevels', 'clientModules', 'clientAgreements'];
  if (may(client, 'payment.see')) rooms.splice(4, 0, 'clientInvoices');
  if (client.me.level === 'owner' || client.offer?.mine) rooms.push('clientOwnership');
  if (may(client, 'keys.manage')) rooms.push('clientTokens');
  if (may(client, 'log.see')) rooms.push('clientLog');
  return rooms;
}

/** The frame of a client's pages: where one can go, beside the page itself. */
export default function ClientFrame() {
  const { client, language } = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  const words = clientTexts[language];
  const ways = roomsOf(client).map((page) => {
    const href = path(page, language, { client: client.client });
    return { href, name: words.rooms[page], isHere: pathname === href };
  });
  return (
    <SideFrame label={words.label} ways={ways}>
      <Outlet />
    </SideFrame>
  );
}
