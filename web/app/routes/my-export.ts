import type { LoaderFunctionArgs } from 'react-router';
import { languageOf } from '../paths.ts';
import { call, refused } from '../visit.ts';

/** The person's copy as a file, art. 15(3) and 20. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const answer = await call<Uint8Array<ArrayBuffer>>(context, 'GET', '/me/export');
  if (answer.status !== 200) throw refused(answer, languageOf(new URL(request.url).pathname));
  const today = new Date().toISOString().slice(0, 10);
  return new Response(answer.body as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': answer.type,
      'content-disposition': `attachment; filename="mitt-personvern-${today}.zip"`,
    },
  });
}
