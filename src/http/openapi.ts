import { z } from 'zod';
import type { Outcome, Route } from '#gates/module.ts';
import { REFUSALS, type RefusalCode } from '#gates/refusal.ts';
import { rightsAsked } from './bearer.ts';
import { Problem } from './contract/problem.ts';
import { exampleOf, type JsonSchema } from './examples.ts';
import { takesKey } from './once.ts';
import { operationId } from './operation-id.ts';
import { parameterOf, queryParameters } from './parameters.ts';
import { HTTP_REFUSALS, type HttpCode, statusOf } from './problem.ts';

const STATUS: Readonly<Record<Outcome, string>> = {
  read: '200',
  created: '201',
  accepted: '202',
  done: '204',
  sheet: '200',
  paper: '200',
  markup: '200',
};
/** What an answer is that is no JSON. */
const TYPES: Partial<Record<Outcome, string>> = {
  sheet: 'text/csv',
  paper: 'application/pdf',
  markup: 'application/xml',
};
const SAYS: Readonly<Record<Outcome, string>> = {
  read: 'What was asked for.',
  created: 'Made.',
  accepted: 'Taken.',
  done: 'Done.',
  sheet: 'The list, as comma-separated values.',
  paper: 'A PDF.',
  markup: 'An XML document.',
};

/** What the description says of one operation: a route, or a file that another plugin serves. */
export type Operation = Omit<Route, 'handle' | 'keeps' | 'fresh' | 'errand'> & {
  /** The media type of an answer that is no JSON. */
  readonly type?: string;
  readonly fresh?: unknown;
};

type Schemas = Record<string, JsonSchema>;

/** The API described as OpenAPI 3.1, made from the routes themselves so that it cannot say anything else. */
export function describeApi(operations: readonly Operation[], version: string): object {
  const schemas: Schemas = {};
  const problem = schemaOf(Problem, 'output', schemas);
  (schemas.Problem!.properties as Record<string, JsonSchema>).code = {
    ...(schemas.Problem!.properties as Record<string, JsonSchema>).code,
    enum: [...Object.keys(REFUSALS), ...Object.keys(HTTP_REFUSALS)],
  };
  const paths: Record<string, Record<string, object>> = {};
  const gettable = new Set(operations.filter(({ method }) => method === 'GET').map(({ path }) => path));
  for (const one of operations) {
    const path = `/api/v1${one.path.replace(/:([a-z]+)/g, '{$1}')}`;
    paths[path] ??= {};
    paths[path][one.method.toLowerCase()] = describe(one, schemas, problem, gettable.has(one.path));
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Hjemmel', version, description: 'A customer platform whose privacy statement runs.' },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(tagOf))].sort().map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'hjemmel' },
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The operator’s key for another system; the purposes that it must have been given are named.',
        },
        clientToken: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A client’s key for another system, for that client alone; the rights that it must have been given, and its maker must still have, are named.',
        },
      },
    },
  };
}

const tagOf = ({ path }: Operation) => path.split('/')[1]!;

function describe(one: Operation, schemas: Schemas, problem: JsonSchema, isRead: boolean): object {
  const inPath = [...one.path.matchAll(/:([a-z]+)/g)].map(([, name]) => parameterOf(name!));
  const inQuery = queryParameters(one, (shape) => schemaOf(shape, 'output', schemas));
  const headers = headersOf(one, isRead);
  const parameters = [...inPath, ...inQuery, ...headers];
  return {
    operationId: operationId(one),
    summary: one.about,
    tags: [tagOf(one)],
    ...(one.point === undefined ? {} : { 'x-collection-point': one.point }),
    ...(one.who === 'anybody' ? {} : { security: securityOf(one), 'x-who': one.role ?? one.who }),
    ...(one.right === undefined ? {} : { 'x-right': one.right }),
    ...(one.fresh === undefined ? {} : { 'x-fresh-proof': true }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(one.body === undefined
      ? {}
      : { requestBody: { required: true, content: json(schemaOf(one.body, 'input', schemas), schemas) } }),
    responses: responsesOf(one, schemas, { problem, isRead }),
  };
}

/** Somebody signed in, or another system whose key was given the purpose, or the rights in its client. */
function securityOf(one: Operation): object[] {
  return [
    { session: [] },
    ...(one.scope === undefined ? [] : [{ token: [one.scope] }]),
    ...(takesClientKey(one) ? [{ clientToken: rightsAsked(one) }] : []),
  ];
}

const takesClientKey = ({ who, keys = false }: Operation) => who === 'member' && keys !== false;

/** Headers that mean something to the operation, beside those that HTTP has for all. */
function headersOf(one: Operation, isRead: boolean): object[] {
  if (one.method === 'GET') return [IF_NONE_MATCH];
  if (one.method === 'POST') return takesKey(one) ? [IDEMPOTENCY_KEY] : [];
  return isRead ? [IF_MATCH] : [];
}

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag of what was last read here: refused where it is no longer so.',
  schema: { type: 'string', examples: ['"c0ffee"'] },
};
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Chosen by the caller, 16 to 200 signs: the same request under it is carried out once within a day.',
  schema: { type: 'string', examples: ['"8e03978e-40d5-43dd-bc93-6894a57f9324"'] },
};
const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of an answer held already: 304 without a body where it is still the same.',
  schema: { type: 'string', examples: ['"c0ffee"'] },
};

function json(schema: JsonSchema, schemas: Schemas) {
  return { 'application/json': { schema, example: exampleOf(schema, schemas) } };
}

function responsesOf(
  one: Operation,
  schemas: Schemas,
  { problem, isRead }: { problem: JsonSchema; isRead: boolean },
): object {
  const type = TYPES[one.outcome] ?? one.type;
  const answer =
    type !== undefined
      ? { content: { [type]: {} } }
      : one.answers === undefined
        ? {}
        : { content: json(schemaOf(one.answers, 'output', schemas), schemas) };
  const byStatus = Map.groupBy(codesOf(one, isRead), statusOf);
  const refusals = [...byStatus].sort(([a], [b]) => a - b);
  const content = { 'application/problem+json': { schema: problem } };
  return {
    [STATUS[one.outcome]]: { description: SAYS[one.outcome], ...answer },
    ...(one.method === 'GET' ? { 304: { description: 'The same as the answer whose ETag was sent.' } } : {}),
    ...Object.fromEntries(
      refusals.map(([status, codes]) => [
        status,
        { description: `Refused: ${codes.map((code) => `\`${code}\``).join(', ')}.`, content },
      ]),
    ),
    default: { description: 'Refused, or failed.', content },
  };
}

/** The codes that an operation may refuse with: those of its kind, and its own. */
function codesOf(one: Operation, isRead: boolean): (RefusalCode | HttpCode)[] {
  const codes = new Set<RefusalCode | HttpCode>(one.refuses);
  if (one.who !== 'anybody') codes.add('identity.signed-out');
  const takesToken = one.scope !== undefined || takesClientKey(one);
  if (takesToken)
    for (const code of ['integrations.token-refused', 'integrations.out-of-scope'] as const) codes.add(code);
  if (one.who !== 'anybody' && one.lacking !== 'any') codes.add('identity.second-factor');
  if (one.fresh !== undefined) codes.add('identity.prove-again');
  if (one.who === 'staff') codes.add('identity.role-missing');
  if (one.who === 'member') codes.add('customers.unknown-client');
  if (one.who === 'member' && one.grace !== true) codes.add('customers.no-agreement');
  if (one.right !== undefined) codes.add('customers.right-missing');
  if (one.body !== undefined)
    for (const code of ['http.malformed', 'http.too-large', 'http.media-type'] as const) codes.add(code);
  if (one.body !== undefined) codes.add('collect.undeclared-field');
  if (one.body !== undefined || one.query !== undefined || one.pages !== undefined)
    codes.add('http.invalid-field');
  if (one.method !== 'GET') codes.add('http.cross-site');
  if (one.rate !== undefined || takesToken) codes.add('http.too-many');
  if (takesKey(one)) for (const code of ['http.key-reused', 'http.key-in-use'] as const) codes.add(code);
  codes.add('http.database-away');
  if (isRead && (one.method === 'PUT' || one.method === 'PATCH' || one.method === 'DELETE'))
    codes.add('http.stale');
  return [...codes].sort();
}

/** A shape as JSON Schema; what has a name is told of once, among the components. */
function schemaOf(shape: z.ZodType, io: 'input' | 'output', schemas: Schemas): JsonSchema {
  const made = z.toJSONSchema(shape, {
    io,
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
      // The format says the same in one word.
      if (/^(date|date-time|uuid)$/.test(jsonSchema.format ?? '')) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  const { $schema: _draft, $defs, ...schema } = made as JsonSchema & { $defs?: Schemas };
  for (const [name, one] of Object.entries($defs ?? {})) schemas[name] ??= moved(one) as JsonSchema;
  return moved(schema) as JsonSchema;
}

/** References lead to the components. */
function moved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moved);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === '$ref' ? String(one).replace('#/$defs/', '#/components/schemas/') : moved(one),
    ]),
  );
}
