import { data, type LoaderFunctionArgs } from 'react-router';
import { visit } from '../visit.ts';

/** Every path that is no page, for reading and for sending alike; and the trouble that the server reports. */
export function loader({ context }: LoaderFunctionArgs): never {
  const { status, code } = context.get(visit).trouble ?? { status: 404, code: 'http.404' };
  throw data({ code }, { status });
}
export const action = loader;

export default function NotFound() {
  return null;
}
