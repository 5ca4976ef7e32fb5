import type { LoaderFunctionArgs } from 'react-router';
import { languageOf } from '../paths.ts';
import { call, refused } from '../visit.ts';

/** A receipt as the file that `hjemmel verify` reads. */
export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const id = params.id ?? '';
  const answer = await call<object>(context, 'GET', `/receipts/${encodeURIComponent(id)}`);
  if (answer.status !== 200) throw refused(answer, languageOf(new URL(request.url).pathname));
  return new Response(`${JSON.stringify(answer.body, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="kvittering-${id.slice(0, 8)}.json"`,
    },
  });
}
