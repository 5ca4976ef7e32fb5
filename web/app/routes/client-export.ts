import type { LoaderFunctionArgs } from 'react-router';
import type { ClientExport } from '#http/contract.ts';
import { readOf } from '../client.ts';

/** Everything a company has here, as a file that other systems can read (GDPR art. 20, 28(3)(g)). */
export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const all = await readOf<ClientExport>(context, request, params, '/export');
  return new Response(JSON.stringify(all, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="klient-${all.at.slice(0, 10)}.json"`,
    },
  });
}
