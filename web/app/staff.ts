import { data, type LoaderFunctionArgs } from 'react-router';
import type { SessionAnswer } from '#http/contract.ts';
import { read } from './visit.ts';

/** Lets staff with the role `privacy` through; others leave the page. The API decides again for each thing it is asked. */
export async function demandPrivacyRole(
  context: LoaderFunctionArgs['context'],
  request: Request,
): Promise<void> {
  const { roles } = await read<SessionAnswer>(context, request, '/sessions/current');
  if (!roles.includes('privacy')) throw data({ code: 'identity.role-missing' }, { status: 403 });
}
