import { data, type LoaderFunctionArgs, redirect } from 'react-router';
import type { Problem } from '#http/contract.ts';
import { languageOf } from '../paths.ts';
import { call } from '../visit.ts';

/**
 * Sends the visitor to a provider. A link and no form, since the policy of our pages lets no form lead to another site; the
 * API refuses it when another site sent the visitor here.
 */
export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const asked = { provider: params.provider ?? '', language };
  const answer = await call<{ location: string }>(context, 'POST', '/sign-in/errands', asked);
  if (answer.status < 300) return redirect((answer.body as { location: string }).location, 303);
  throw data({ code: (answer.body as Problem).code }, { status: answer.status });
}
