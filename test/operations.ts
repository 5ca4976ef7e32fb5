import assert from 'node:assert/strict';
import { COMPANY, versions } from './clients.ts';
import type { Along, Answered, World } from './world.ts';

/** The parts of JSON Schema that the API description uses. */
export interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of `/api/openapi.json`, as a test calls it. */
export interface Operation {
  readonly method: Verb;
  /** With `{name}` for the parts that vary. */
  readonly path: string;
  readonly who: 'anybody' | 'person' | 'member' | 'staff' | string;
  /** The right that it takes of a client's user, where it takes one. */
  readonly right: string | undefined;
  /** The rights that it takes of a client's key; undefined where no such key reaches it. */
  readonly keyed: readonly string[] | undefined;
  readonly parameters: readonly string[];
  readonly query: readonly string[];
  readonly body: Shape | undefined;
}

interface Described {
  'x-who'?: string;
  'x-right'?: string;
  security?: { clientToken?: string[] }[];
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: Shape }> };
}

/** Every operation in the product's own description, and the codes that a problem may carry. */
export async function describedApi(world: World): Promise<{ operations: Operation[]; codes: Set<string> }> {
  const { body } = await world.call('GET', '/api/openapi.json');
  const paths = body.paths as Record<string, Record<string, Described>>;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, said]): Operation => {
      const names = (where: string) =>
        (said.parameters ?? []).filter((one) => one.in === where).map(({ name }) => name);
      return {
        method: method.toUpperCase() as Verb,
        path,
        who: said['x-who'] ?? 'anybody',
        right: said['x-right'],
        keyed: said.security?.find(({ clientToken }) => clientToken !== undefined)?.clientToken,
        parameters: names('path'),
        query: names('query'),
        body: said.requestBody?.content['application/json']?.schema,
      };
    }),
  );
  return { operations, codes: new Set(body.components.schemas.Problem.properties.code.enum) };
}

/** A session for each kind of caller that an operation may be for, by `who`, and a client that `member` owns. */
export async function callersOf(world: World): Promise<{ cookies: Record<string, string>; client: string }> {
  const cookies: Record<string, string> = {
    person: await world.person('person@firma.example'),
    member: await world.person('eier@firma.example'),
  };
  for (const role of ['privacy', 'administrator', 'finance'] as const)
    cookies[role] = await world.staff(role);
  cookies.staff = cookies.privacy!;
  const made = await world.call('POST', 'clients', {
    as: cookies.member,
    body: { company: COMPANY, modules: ['arkiv'], accept: versions(world.product.gates) },
  });
  assert.equal(made.status, 201);
  return { cookies, client: made.body.client };
}

/** A path with its parts filled in; `%` and the like are the caller's. */
export function pathOf({ path }: Operation, parts: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{([a-z]+)\}/g, (_, name: string) => parts[name] ?? 'x');
}

/** Fields of a body, those of every alternative together. */
export function fieldsOf(shape: Shape): Record<string, Shape> {
  return Object.assign({}, shape.properties, ...(shape.anyOf ?? []).map(fieldsOf));
}

/** A body of the right shape; `given` says what stands in fields by name. */
export function sampleOf(shape: Shape, given: Readonly<Record<string, unknown>> = {}): unknown {
  if (shape.anyOf !== undefined) return sampleOf(shape.anyOf[0]!, given);
  if (shape.enum !== undefined) return shape.enum[0];
  if (shape.type === 'array') return [sampleOf(shape.items ?? {}, given)];
  if (shape.type === 'object')
    return Object.fromEntries(
      Object.entries(shape.properties ?? {}).map(([name, one]) => [
        name,
        name in given ? given[name] : sampleOf(one, given),
      ]),
    );
  return 'x';
}

/**
 * Refusals that are noted: of a password or a code that was tried, so that guessing can be stopped, and of a new password
 * that was held against its person's own words, which is a look at them.
 */
const NOTED = new Set([
  'identity.wrong-factor',
  'identity.wrong-code',
  'identity.wait',
  'identity.common-password',
]);

/** Calls operations with bad input and holds every answer to the same demands. */
export class Examiner {
  readonly #world: World;
  readonly #codes: ReadonlySet<string>;
  readonly #marks: readonly string[];
  /** Lines of the log that were looked at. */
  #heard = 0;
  #state: Record<string, string> | undefined;
  #refusals: string[] = [];

  /** `marks`: what stands in for personal data, and must come back in no problem and no line of the log. */
  constructor(world: World, codes: ReadonlySet<string>, marks: readonly string[]) {
    this.#world = world;
    this.#codes = codes;
    this.#marks = marks;
  }

  /** Demands a problem document of the closed list, that quotes nothing and left nothing. */
  async refused(what: string, { method }: { method: Verb }, path: string, along: Along): Promise<Answered> {
    this.#state ??= await this.#world.state();
    this.#refusals.push(`${method} ${path} ${what}`);
    const answered = await this.#world.call(method, path, along);
    this.#isProblem(`${method} ${path} ${what}`, answered);
    return answered;
  }

  /** Demands that, or a success. */
  async handled(what: string, { method }: { method: Verb }, path: string, along: Along): Promise<Answered> {
    this.#state ??= await this.#world.state();
    const answered = await this.#world.call(method, path, along);
    if (answered.status >= 200 && answered.status < 300) {
      this.#isQuiet(`${method} ${path} ${what}`);
      this.#state = undefined;
    } else {
      this.#isProblem(`${method} ${path} ${what}`, answered);
      this.#refusals.push(`${method} ${path} ${what}`);
      await this.unchanged();
    }
    return answered;
  }

  /** Demands that nothing at all was written since the last success. Called after a run of refusals: a look costs. */
  async unchanged(): Promise<void> {
    if (this.#state !== undefined)
      assert.deepEqual(
        await this.#world.state(),
        this.#state,
        `written by ${this.#refusals.slice(-20).join(', ')}`,
      );
    this.#refusals = [];
  }

  #isProblem(what: string, { status, type, body, raw }: Answered): void {
    assert.ok(status >= 400 && status < 500, `${what}: ${status} is no refusal`);
    assert.match(type, /^application\/problem\+json/, what);
    assert.ok(this.#codes.has(body.code), `${what}: ${body.code} is not in the closed list`);
    assert.equal(body.status, status, what);
    for (const name of ['type', 'title', 'detail']) assert.equal(typeof body[name], 'string', what);
    if (NOTED.has(body.code)) this.#state = undefined;
    const text = raw.toString('utf8');
    for (const mark of this.#marks)
      assert.ok(!text.includes(mark), `${what}: the problem quotes the request`);
    this.#isQuiet(what);
  }

  /** Nothing failed, and nothing personal was logged. */
  #isQuiet(what: string): void {
    const lines = this.#world.logged.slice(this.#heard).join('');
    this.#heard = this.#world.logged.length;
    for (const mark of this.#marks) assert.ok(!lines.includes(mark), `${what}: the log quotes the request`);
    assert.ok(!lines.includes('"level":"error"'), `${what}: something failed:\n${lines.slice(-400)}`);
  }
}
