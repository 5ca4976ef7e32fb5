import { z } from 'zod';
import type { Route } from '#gates/module.ts';
import type { JsonSchema } from './examples.ts';

/** Parts of a path by name: what stands in them, with an example. Any other is a number of ours. */
const PARTS: Readonly<Record<string, JsonSchema>> = {
  token: {
    type: 'string',
    description: 'The key that a letter carries.',
    examples: ['q83vASNFZ4mrze8BI0VniQ'],
  },
  version: { type: 'string', examples: ['3.0'] },
  clause: { type: 'string', examples: ['k.opt-out'] },
  purpose: { type: 'string', examples: ['newsletter'] },
  item: { type: 'string', description: 'The `id` of an item.', examples: ['vault.person.place'] },
  document: { type: 'string', examples: ['agreement'] },
  level: { type: 'string', examples: ['reader'] },
  module: { type: 'string', examples: ['kurs'] },
  number: { type: 'string', description: 'Nine digits.', examples: ['310000000'] },
};
const NUMBER: JsonSchema = {
  type: 'string',
  format: 'uuid',
  examples: ['0b8e6f3a-4c1d-4f7e-9a52-6d3c1e8b7f40'],
};

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

/** A part of a path, described. */
export function parameterOf(name: string): Parameter {
  return { name, in: 'path', required: true, schema: PARTS[name] ?? NUMBER };
}

/** What an operation reads of the query, paging included, described. */
export function queryParameters(
  { query, pages }: Pick<Route, 'query' | 'pages'>,
  schemaOf: (shape: z.ZodType) => JsonSchema,
): Parameter[] {
  const shapes: [string, z.ZodType][] = [
    ...Object.entries((query?.shape ?? {}) as Record<string, z.ZodType>),
    ...(pages === undefined ? [] : Object.entries(pageShape(pages).shape)),
  ];
  return shapes.map(([name, shape]) => {
    const { description, ...schema } = schemaOf(shape);
    return {
      name,
      in: 'query',
      required: !shape.safeParse(undefined).success,
      ...(typeof description === 'string' ? { description } : {}),
      schema,
    };
  });
}

/** How a page of a list is asked for. */
export function pageShape({ usual, most }: NonNullable<Route['pages']>) {
  return z.object({
    cursor: z
      .string()
      .min(1)
      .max(400)
      .optional()
      .describe('The `next` of the page before; it holds for the list that it came with.'),
    limit: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .pipe(z.int().min(1).max(most))
      .default(usual)
      .describe('Entries on a page.'),
  });
}
