import { type LoaderFunctionArgs, Outlet, useLoaderData, useLocation } from 'react-router';
import type { SessionAnswer } from '#http/contract.ts';
import { SideFrame } from '../parts/side-frame.tsx';
import { languageOf, type Page, path } from '../paths.ts';
import { type Room, roomsOf } from '../staff.ts';
import { consoleTexts } from '../texts/console.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { roles } = await read<SessionAnswer>(context, request, '/sessions/current');
  return { roles, language: languageOf(new URL(request.url).pathname) };
}

/** Rooms with a page whose path is not within theirs. */
const INSIDE: Partial<Record<Room, Page>> = { consolePeople: 'consolePerson' };

/** The frame of staff's pages: what their roles open, beside the page itself. The pages judge for themselves who may come in. */
export default function ConsoleFrame() {
  const { roles, language } = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  const words = consoleTexts[language];
  const homeward = path('console', language);
  const ways = roomsOf(roles).map((page) => {
    const href = path(page, language);
    const inside = INSIDE[page];
    const isHere =
      pathname === href ||
      (href !== homeward && pathname.startsWith(`${href}/`)) ||
      (inside !== undefined && pathname.startsWith(path(inside, language, { id: '' })));
    return { href, name: words.rooms[page], isHere };
  });
  return (
    <SideFrame label={words.title} ways={ways}>
      <Outlet />
    </SideFrame>
  );
}
