import { COOKIE_NAME, ID, type Shape, STATEMENT } from './shape.ts';

/** A JSON Schema (draft 2020-12), as a plain value. */
export type JsonSchema = { readonly [key: string]: unknown };

/**
 * The editor's schema for `statement.yaml`, made from the shapes that the checker uses. `statement/schema.json` is this
 * value, written down; references between ids are the checker's alone.
 */
export function jsonSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Privacy statement: the rules',
    ...schemaOf(STATEMENT),
  };
}

const both = {
  type: 'object',
  properties: { nb: { type: 'string', minLength: 1 }, en: { type: 'string', minLength: 1 } },
  required: ['nb', 'en'],
  additionalProperties: false,
};

function schemaOf(shape: Shape): JsonSchema {
  switch (shape.kind) {
    case 'text':
      return { type: 'string', ...(shape.pattern ? { pattern: shape.pattern.source } : { minLength: 1 }) };
    case 'both':
      return both;
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: shape.least, maximum: shape.most };
    case 'one':
      return { type: 'string', enum: [...shape.of] };
    case 'id':
      return { type: 'string', pattern: ID.source };
    case 'period':
      return { type: 'string', pattern: shape.session ? '^(P\\S+|session)$' : '^P\\S+$' };
    case 'list':
      return {
        type: 'array',
        items: schemaOf(shape.of),
        uniqueItems: true,
        ...(shape.empty ? {} : { minItems: 1 }),
      };
    case 'map':
      return {
        type: 'object',
        propertyNames: { pattern: (shape.ids === 'cookie' ? COOKIE_NAME : ID).source },
        additionalProperties: schemaOf(shape.of),
      };
    case 'record':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(shape.fields).map(([key, field]) => [
            key,
            { description: field.about, ...schemaOf(field.shape) },
          ]),
        ),
        required: Object.keys(shape.fields).filter((key) => !shape.fields[key]!.optional),
        additionalProperties: false,
      };
  }
}
