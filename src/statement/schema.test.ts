import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Fastify from 'fastify';
import { parse } from 'yaml';
import { texts } from '#test/statement.ts';
import { jsonSchema } from './schema.ts';
import { type Shape, STATEMENT } from './shape.ts';

const file = new URL('../../statement/schema.json', import.meta.url);
const schema: unknown = JSON.parse(readFileSync(file, 'utf8'));

test('the schema that editors read is the one the checker uses', () => {
  assert.deepEqual(schema, jsonSchema(), 'write jsonSchema() to statement/schema.json');
});

test('the schema and the checker know the same keys', () => {
  assert.deepEqual([...namesInSchema(schema)].sort(), [...namesInShape(STATEMENT)].sort());
});

test('the shipped rules fit the schema, and a misspelt key does not', async () => {
  const judge = Fastify({
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, strict: false } },
  });
  const { $schema: _, ...body } = schema as Record<string, unknown>;
  judge.post('/', { schema: { body } }, async () => 'fits');
  const rules = parse(texts.yaml) as Record<string, unknown>;
  const send = async (payload: object) =>
    (await judge.inject({ method: 'POST', url: '/', payload })).statusCode;
  assert.equal(await send(rules), 200);
  assert.equal(await send({ ...rules, purpose: {} }), 400);
  assert.equal(await send({ ...rules, updated: 'soon' }), 400);
  await judge.close();
});

function namesInSchema(node: unknown): Set<string> {
  if (typeof node !== 'object' || node === null) return new Set();
  const { properties, ...rest } = node as { properties?: Record<string, unknown> };
  const inner = [...Object.values(properties ?? {}), ...Object.values(rest)].flatMap((value) => [
    ...namesInSchema(value),
  ]);
  return new Set([...Object.keys(properties ?? {}), ...inner]);
}

function namesInShape(shape: Shape): Set<string> {
  switch (shape.kind) {
    case 'record':
      return new Set(
        Object.entries(shape.fields).flatMap(([key, field]) => [key, ...namesInShape(field.shape)]),
      );
    case 'map':
    case 'list':
      return namesInShape(shape.of);
    case 'both':
      return new Set(['nb', 'en']);
    default:
      return new Set();
  }
}
