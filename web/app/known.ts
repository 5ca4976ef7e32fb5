/**
 * What every page may show without asking for it: the statement in force, and whether this is the demo. It is handed
 * to the rendering itself and not through loaders, since React Router also encodes all that loaders return, for a
 * script that no page has: with the statement in it, that was most of what a page cost.
 */
import { createContext, useContext } from 'react';
import type { LoaderFunctionArgs } from 'react-router';
import type { StatementAnswer } from '#http/contract.ts';
import { call, read, visit } from './visit.ts';

/** Absent: the API did not give the statement. The frame of a page stands without it. */
export interface Known {
  demo: boolean;
  answer?: StatementAnswer;
}

const Context = createContext<Known>({ demo: false });

/** Wraps the rendering of a page. */
export const Knowing = Context.Provider;

/** For the frame, which must stand whatever happens. */
export function useKnown(): Known {
  return useContext(Context);
}

/** For pages whose loader has called {@link demandStatement}. */
export function useStatement(): StatementAnswer {
  const { answer } = useContext(Context);
  if (!answer) throw new Error('a page shows the statement without having demanded it');
  return answer;
}

/** The statement in force, or the page that says why there is none. */
export function demandStatement(
  context: LoaderFunctionArgs['context'],
  request: Request,
): Promise<StatementAnswer> {
  return read<StatementAnswer>(context, request, '/statement');
}

/** What is known on a visit; the server remembers the statement, so this costs nothing. */
export async function known(context: LoaderFunctionArgs['context']): Promise<Known> {
  const { status, body } = await call<StatementAnswer>(context, 'GET', '/statement');
  const { demo } = context.get(visit);
  return status === 200 ? { demo, answer: body as StatementAnswer } : { demo };
}
