/** The description of the API, as far as its page shows it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly format?: string;
  readonly default?: unknown;
}
type Content = Readonly<Record<string, { readonly schema?: Schema; readonly example?: unknown }>>;
interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly 'x-who'?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema & { readonly examples?: readonly unknown[] };
}
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** One operation, ready to be shown. */
export interface Operation {
  readonly id: string;
  readonly tag: string;
  readonly method: string;
  readonly path: string;
  readonly about: string;
  /** `anybody`, `person`, `member`, `staff` or a role. */
  readonly who: string;
  /** Purposes that the operator's keys need; undefined where none reaches it. */
  readonly scopes: readonly string[] | undefined;
  /** Rights that a client's key needs; undefined where none reaches it. */
  readonly rights: readonly string[] | undefined;
  readonly parameters: readonly Parameter[];
  readonly curl: string;
  readonly body: Schema | undefined;
  readonly status: string;
  readonly answer: { readonly schema?: Schema; readonly example?: string } | undefined;
  readonly refusals: readonly { readonly status: string; readonly codes: readonly string[] }[];
}

/** Every operation, by the first word of its path. */
export function operationsOf({ paths }: Description): Operation[] {
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => operationOf(method.toUpperCase(), path, one)),
    )
    .sort((a, b) => a.tag.localeCompare(b.tag));
}

function operationOf(method: string, path: string, one: Described): Operation {
  const [[status, success]] = Object.entries(one.responses) as [[string, Described['responses'][string]]];
  const told = success.content?.['application/json'];
  const body = one.requestBody?.content['application/json'];
  return {
    id: one.operationId,
    tag: one.tags[0] ?? '',
    method,
    path,
    about: one.summary,
    who: one['x-who'] ?? 'anybody',
    scopes: needed(one, 'token'),
    rights: needed(one, 'clientToken'),
    parameters: one.parameters ?? [],
    curl: curlOf(method, path, one, body?.example),
    body: body?.schema,
    status,
    answer:
      told === undefined
        ? undefined
        : { schema: told.schema, example: JSON.stringify(told.example, null, 2) },
    refusals: Object.entries(one.responses)
      .filter(([code]) => /^[45]/.test(code))
      .map(([code, { description }]) => ({
        status: code,
        codes: [...description.matchAll(/`([\w.-]+)`/g)].map(([, name]) => name!),
      })),
  };
}

/** What a key of one kind must have been given. */
const needed = ({ security = [] }: Described, kind: string) => security.find((way) => kind in way)?.[kind];

/** A call that can be pasted, with the example of each part that must be there. */
function curlOf(method: string, path: string, one: Described, body: unknown): string {
  const filled = (one.parameters ?? [])
    .filter(({ in: where }) => where === 'path')
    .reduce((url, { name, schema }) => url.replace(`{${name}}`, String(schema.examples?.[0] ?? name)), path);
  const query = (one.parameters ?? [])
    .filter(({ in: where, required }) => where === 'query' && required)
    .map(({ name, schema }) => `${name}=${schema.examples?.[0] ?? ''}`);
  const url = query.length === 0 ? `$base${filled}` : `"$base${filled}?${query.join('&')}"`;
  const signed =
    (needed(one, 'token') ?? needed(one, 'clientToken'))
      ? ' -H "Authorization: Bearer $key"'
      : one.security === undefined
        ? ''
        : ' -b jar';
  const sent =
    body === undefined ? '' : ` -H 'content-type: application/json' \\\n  -d '${JSON.stringify(body)}'`;
  return `curl${signed}${method === 'GET' ? '' : ` -X ${method}`} ${url}${sent}`;
}

/** What kind a value is, in a word or a few; a named shape by its name. */
export function kindOf(schema: Schema): { readonly text: string; readonly shape?: string } {
  if (schema.$ref !== undefined) {
    const shape = schema.$ref.split('/').at(-1)!;
    return { text: shape, shape };
  }
  if (schema.const !== undefined) return { text: JSON.stringify(schema.const) };
  if (schema.enum !== undefined) return { text: schema.enum.map((one) => JSON.stringify(one)).join(' | ') };
  if (schema.anyOf !== undefined) {
    const kinds = schema.anyOf.map(kindOf);
    const shapes = kinds.flatMap(({ shape }) => (shape === undefined ? [] : [shape]));
    return { text: kinds.map(({ text }) => text).join(' | '), ...(shapes[0] && { shape: shapes[0] }) };
  }
  if (schema.type === 'array') {
    const { text, shape } = kindOf(schema.items ?? {});
    return { text: `[${text}]`, ...(shape && { shape }) };
  }
  const format = schema.format === undefined ? '' : ` (${schema.format})`;
  return { text: `${schema.type ?? 'object'}${format}` };
}

/** The fields of a shape, those of every alternative together; of what lies inside it, on a line each. */
export function fieldsOf(schema: Schema, before = ''): { name: string; required: boolean; schema: Schema }[] {
  const inner = schema.type === 'array' ? schema.items : schema;
  if (inner === undefined) return [];
  const own = Object.entries(inner.properties ?? {}).flatMap(([name, one]) => [
    { name: `${before}${name}`, required: inner.required?.includes(name) ?? false, schema: one },
    ...fieldsOf(one, `${before}${name}.`),
  ]);
  const seen = new Set<string>();
  return [...own, ...(inner.anyOf ?? []).flatMap((one) => fieldsOf(one, before))].filter(
    ({ name }) => !seen.has(name) && seen.add(name),
  );
}
