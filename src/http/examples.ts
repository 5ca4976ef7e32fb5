/** A JSON Schema (draft 2020-12), as a plain value. */
export type JsonSchema = { readonly [key: string]: unknown };

/** What stands in a plain text by the field's name, where its shape has no example: people and companies nobody has. */
const BY_NAME: Readonly<Record<string, string>> = {
  name: 'Kari Prøve',
  email: 'kari@firma.example',
  phone: '+4710000001',
  place: 'Voss',
  company: 'Prøve AS',
  number: '310000000',
  why: 'A claim has been announced.',
  untold: 'personopplysningsloven § 16 first paragraph b',
  token: 'q83vASNFZ4mrze8BI0VniQAAAAAAAAAAAAAAAAAAAAA',
};

/**
 * A whole example of a shape: every field that may be there, each with its own example where it has one. Made from the
 * published schema, so that no example can be of another shape.
 */
export function exampleOf(
  schema: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
  name = '',
): unknown {
  const { examples, $ref, anyOf, oneOf, allOf, items, properties, type } = schema;
  if (Array.isArray(examples)) return examples[0];
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (typeof $ref === 'string') return exampleOf(components[$ref.split('/').at(-1)!]!, components, name);
  const alternatives = (anyOf ?? oneOf ?? allOf) as JsonSchema[] | undefined;
  if (alternatives !== undefined) return exampleOf(alternatives[0]!, components, name);
  if (type === 'object') {
    const fields = Object.entries((properties ?? {}) as Record<string, JsonSchema>);
    return Object.fromEntries(fields.map(([field, one]) => [field, exampleOf(one, components, field)]));
  }
  if (type === 'array') return [exampleOf((items ?? {}) as JsonSchema, components, name)];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return schema.default ?? schema.minimum ?? 1;
  if (type === 'null') return null;
  return BY_NAME[name] ?? 'text';
}
