import type { JsonSchema } from './examples.ts';

interface Described {
  readonly summary: string;
  readonly parameters?: readonly Told[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}
interface Told {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}
type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>;

/** The description of the API, as far as types are made of it. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

const HEAD = `/**
 * What the API takes and answers, as types. Made from its own description, and held to it by a test: change the routes, and
 * write this file anew with UPDATE=1 bin/test src/client/api.test.ts.
 */
`;

/** Writes the client's types: a type for each named shape, and what each operation takes, answers and refuses with. */
export function clientTypes({ paths, components }: Description): string {
  const shapes = Object.entries(components.schemas).map(
    ([name, schema]) => `${comment(schema, '')}export type ${name} = ${typeOf(withoutWord(schema), '')};\n`,
  );
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, one]) => [`${method.toUpperCase()} ${path.slice('/api/v1'.length)}`, one] as const,
    ),
  );
  operations.sort(([a], [b]) => (a < b ? -1 : 1));
  const takesKey = operations.filter(([, { parameters = [] }]) =>
    parameters.some(({ name }) => name === 'Idempotency-Key'),
  );
  return `${HEAD}
${shapes.join('\n')}
/** Every operation, by method and path. */
export interface Operations {
${operations.map(([name, one]) => operationOf(name, one)).join('')}}

/** Operations that are carried out once under an Idempotency-Key. */
export const TAKES_KEY: ReadonlySet<string> = new Set<keyof Operations>([
${takesKey.map(([name]) => `  '${name}',\n`).join('')}]);
`;
}

function operationOf(name: string, one: Described): string {
  const [, success] = Object.entries(one.responses).find(([status]) => status.startsWith('2'))!;
  const codes = Object.values(one.responses).flatMap(({ description }) =>
    [...description.matchAll(/`([a-z.-]+)`/g)].map(([, code]) => `'${code}'`),
  );
  const part = (where: string) => (one.parameters ?? []).filter((told) => told.in === where);
  const body = one.requestBody?.content['application/json']?.schema;
  const json = success.content?.['application/json']?.schema;
  const answer =
    json === undefined ? (success.content === undefined ? 'undefined' : 'Uint8Array') : typeOf(json, '    ');
  const fields = [
    ['path', parametersOf(part('path'))],
    ['query', parametersOf(part('query'))],
    ['body', body === undefined ? undefined : typeOf(body, '    ')],
    ['answer', answer],
    ['refuses', [...new Set(codes)].sort().join(' | ')],
  ].filter(([, type]) => type !== undefined);
  return `  /** ${one.summary} */
  '${name}': {
${fields.map(([field, type]) => `    ${field}: ${type};\n`).join('')}  };
`;
}

function parametersOf(told: readonly Told[]): string | undefined {
  if (told.length === 0) return undefined;
  const fields = told.map(
    ({ name, required, schema }) => `${name}${required ? '' : '?'}: ${typeOf(withoutWord(schema), '')}`,
  );
  return `{ ${fields.join('; ')} }`;
}

/** A schema as a type, its fields each on a line. */
function typeOf(schema: JsonSchema, indent: string): string {
  const { $ref, anyOf, items, properties, additionalProperties, type } = schema;
  if (typeof $ref === 'string') return $ref.split('/').at(-1)!;
  if ('const' in schema) return literal(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map(literal).join(' | ');
  if (Array.isArray(anyOf)) return [...new Set(anyOf.map((one) => typeOf(one, indent)))].join(' | ');
  if (type === 'array') return listOf(typeOf((items ?? {}) as JsonSchema, indent));
  if (type === 'object') {
    const required = new Set((schema.required ?? []) as string[]);
    const fields = Object.entries((properties ?? {}) as Record<string, JsonSchema>);
    if (fields.length === 0)
      return typeof additionalProperties === 'object'
        ? `Record<string, ${typeOf(additionalProperties as JsonSchema, indent)}>`
        : 'Record<string, never>';
    const inner = `${indent}  `;
    const lines = fields.map(
      ([name, one]) =>
        `${comment(one, inner)}${inner}${name}${required.has(name) ? '' : '?'}: ${typeOf(one, inner)};\n`,
    );
    return `{\n${lines.join('')}${indent}}`;
  }
  if (type === 'integer' || type === 'number') return 'number';
  return typeof type === 'string' ? type : 'unknown';
}

const literal = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value));
const listOf = (type: string) => (/^[A-Za-z]+$/.test(type) ? `${type}[]` : `Array<${type}>`);

function comment({ description }: JsonSchema, indent: string): string {
  return typeof description === 'string' ? `${indent}/** ${description} */\n` : '';
}

function withoutWord({ description: _word, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
