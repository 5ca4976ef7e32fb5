import { z } from 'zod';
import type { Route } from '#gates/module.ts';
import { REFUSALS } from '#gates/refusal.ts';
import { HTTP_REFUSALS } from './problem.ts';

const STATUS = { read: '200', created: '201', accepted: '202', done: '204', sheet: '200' } as const;

/** What the description says of one operation: a route, or a file that another plugin serves. */
export type Operation = Omit<Route, 'handle' | 'rate' | 'session' | 'keeps'>;

/** The API described as OpenAPI 3.1, made from the routes themselves so that it cannot say anything else. */
export function describeApi(routes: readonly Operation[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = `/api/v1${route.path.replace(/:([a-z]+)/g, '{$1}')}`;
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Hjemmel', version, description: 'A customer platform whose privacy statement runs.' },
    paths,
    components: {
      schemas: {
        Problem: {
          description: 'RFC 9457 problem document; `code` is one of a closed list.',
          type: 'object',
          required: ['type', 'title', 'status', 'code', 'detail'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { enum: [...Object.keys(REFUSALS), ...Object.keys(HTTP_REFUSALS)] },
            detail: { type: 'string' },
            fields: {
              type: 'array',
              items: {
                type: 'object',
                required: ['field', 'reason'],
                properties: { field: { type: 'string' }, reason: { type: 'string' } },
              },
            },
          },
        },
      },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'hjemmel' } },
    },
  };
}

function operationOf(route: Operation): object {
  const inPath = [...route.path.matchAll(/:([a-z]+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = (route.query ?? []).map((name) => ({ name, in: 'query', schema: { type: 'string' } }));
  const parameters = [...inPath, ...inQuery];
  return {
    summary: route.about,
    tags: [route.path.split('/')[1]],
    ...(route.point === undefined ? {} : { 'x-collection-point': route.point }),
    ...(route.who === 'anybody' ? {} : { security: [{ session: [] }], 'x-who': route.role ?? route.who }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: z.toJSONSchema(route.body) } },
          },
        }),
    responses: {
      [STATUS[route.outcome]]: { description: 'Done.' },
      default: {
        description: 'Refused.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}
