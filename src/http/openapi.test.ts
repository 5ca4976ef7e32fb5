import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { World } from '#test/world.ts';

/** The description of the API: of the form that OpenAPI 3.1 gives it, whole, and true in its examples. */
let world: World;
// biome-ignore lint/suspicious/noExplicitAny: the tests look into a description of every shape
let api: any;
before(async () => {
  world = await World.open();
  api = (await world.call('GET', '/api/openapi.json')).body;
});
after(() => world.close());

type Schema = Record<string, unknown>;
const schema = z.custom<Schema>((value) => typeof value === 'object' && value !== null);
const name = z.string().min(1);
const reference = z.strictObject({ $ref: z.string().startsWith('#/components/') });
const content = z.record(
  z.string().regex(/^[a-z]+\/[a-z+-]+$/),
  z.strictObject({ schema: schema.optional(), example: z.unknown().optional() }),
);
const header = z.union([reference, z.strictObject({ description: name, schema })]);
const parameter = z.union([
  reference,
  z.strictObject({
    name,
    in: z.enum(['path', 'query', 'header', 'cookie']),
    required: z.boolean().optional(),
    description: name.optional(),
    schema,
  }),
]);
/** The objects of OpenAPI 3.1.0 section 4.8, as far as we use them; what is not here is not in the description. */
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  summary: name,
  tags: z.array(name).min(1),
  security: z.array(z.record(name, z.array(name))).optional(),
  parameters: z.array(parameter).optional(),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(
    z.string().regex(/^([1-5]\d\d|default)$/),
    z.strictObject({
      description: name,
      headers: z.record(name, header).optional(),
      content: content.optional(),
    }),
  ),
  'x-who': name.optional(),
  'x-collection-point': name.optional(),
  'x-right': name.optional(),
  'x-fresh-proof': z.literal(true).optional(),
});
const document = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: name, version: name, description: name }),
  servers: z.array(z.strictObject({ url: name })),
  tags: z.array(z.strictObject({ name })),
  paths: z.record(
    z.string().startsWith('/api/v1/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation),
  ),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[A-Za-z]+$/), schema),
    parameters: z.record(name, parameter).optional(),
    headers: z.record(name, header).optional(),
    securitySchemes: z.record(
      name,
      z.union([
        z.strictObject({ type: z.literal('apiKey'), in: z.literal('cookie'), name }),
        z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer'), description: name }),
      ]),
    ),
  }),
});

interface Described extends z.infer<typeof operation> {
  readonly path: string;
}
const operations = (): Described[] =>
  Object.entries(api.paths as Record<string, Record<string, z.infer<typeof operation>>>).flatMap(
    ([path, methods]) => Object.values(methods).map((one) => ({ ...one, path })),
  );

test('the description has the form of OpenAPI 3.1', () => {
  assert.deepEqual(document.safeParse(api).error?.issues, undefined);
});

test('every reference leads somewhere, every name of an operation is its own, and every part of a path is told of', () => {
  for (const [, way] of JSON.stringify(api).matchAll(/"\$ref":"#\/([^"]+)"/g))
    assert.ok(
      way!.split('/').reduce((at, step) => at?.[step], api),
      way,
    );
  const ids = operations().map(({ operationId }) => operationId);
  assert.deepEqual(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    [],
  );
  for (const { path, parameters = [], operationId } of operations()) {
    const told = parameters.flatMap((one) => ('in' in one && one.in === 'path' ? [one.name] : []));
    assert.deepEqual(
      [...path.matchAll(/\{(\w+)\}/g)].map(([, part]) => part),
      told,
      operationId,
    );
  }
});

test('operations keep their names', () => {
  const ids = new Set(operations().map(({ operationId }) => operationId));
  for (const id of [
    'getMe',
    'listHolds',
    'createPersonHold',
    'createProfile',
    'getPerson',
    'getSession',
    'endSession',
  ])
    assert.ok(ids.has(id), id);
});

test('every operation says what it takes and answers, with an example that is of that shape', () => {
  const fits = (what: string, { schema: shape, example }: { schema?: Schema; example?: unknown }) => {
    const whole = { ...shape, $defs: undefined, components: api.components };
    const local = JSON.parse(JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/'));
    const { components, ...bare } = local;
    const told = z.fromJSONSchema({ ...bare, $defs: components.schemas }).safeParse(example);
    assert.ok(told.success, `${what}: ${JSON.stringify(told.error?.issues)} ${JSON.stringify(example)}`);
  };
  for (const { operationId, requestBody, responses } of operations()) {
    const [[status, answer]] = Object.entries(responses) as [
      [string, z.infer<typeof operation>['responses'][string]],
    ];
    if (requestBody !== undefined) fits(`${operationId} takes`, requestBody.content['application/json']!);
    if (status === '204') assert.equal(answer.content, undefined, operationId);
    else assert.ok(answer.content, `${operationId} does not say what it answers`);
    const told = answer.content?.['application/json'];
    if (told !== undefined) fits(`${operationId} answers`, told);
  }
});

test('an example names nobody: no address outside .example, no number that can be called or is registered', () => {
  for (const one of operations()) {
    const text = JSON.stringify([one.requestBody, one.responses]);
    for (const [address] of text.matchAll(/[\w.]+@[\w.]+/g)) assert.match(address, /\.example$/);
    for (const [number] of text.matchAll(/\+47\d+/g)) assert.match(number, /^\+471000\d{4}$/);
  }
});

test('what a route refuses with is told of by its status', () => {
  const { responses } = operations().find(({ operationId }) => operationId === 'deleteMe')!;
  assert.match(responses['409']!.description, /`answer\.held`/);
  assert.match(responses['401']!.description, /`identity\.signed-out`/);
});
