import { data, type LoaderFunctionArgs } from 'react-router';
import type { SessionAnswer } from '#http/contract.ts';
import type { Page } from './paths.ts';
import { read } from './visit.ts';

/** The rooms of the console and which roles they are for; in the order of the menu. The API decides again for each thing. */
const ROOMS = {
  console: ['privacy', 'administrator', 'support', 'finance', 'marketing', 'courses'],
  consolePeople: ['privacy', 'administrator', 'support', 'finance'],
  consoleClients: ['privacy', 'administrator', 'support', 'finance'],
  consoleInvoices: ['finance'],
  consoleBulk: ['finance', 'administrator'],
  consoleForecast: ['privacy'],
  consoleHolds: ['privacy'],
  consoleProof: ['privacy'],
  consolePlan: ['privacy'],
  consoleStaff: ['administrator'],
  consoleTokens: ['administrator'],
} as const satisfies Partial<Record<Page, readonly string[]>>;

export type Room = keyof typeof ROOMS;

/** Where somebody who signs in with these roles is let in: staff to the console, others to their own page. */
export function homeOf(roles: readonly string[]): Page {
  return roles.length > 0 ? 'console' : 'my';
}

/** The rooms that these roles open. */
export function roomsOf(roles: readonly string[]): Room[] {
  return (Object.keys(ROOMS) as Room[]).filter((room) => roles.some((role) => opens(room, role)));
}

function opens(room: Room, role: string): boolean {
  return (ROOMS[room] as readonly string[]).includes(role);
}

/** Lets staff through whose role opens the room, and tells which roles they have; others leave the page. */
export async function demandRoom(
  context: LoaderFunctionArgs['context'],
  request: Request,
  room: Room,
): Promise<readonly string[]> {
  const { roles } = await read<SessionAnswer>(context, request, '/sessions/current');
  if (!roles.some((role) => opens(room, role)))
    throw data({ code: 'identity.role-missing' }, { status: 403 });
  return roles;
}
