import { z } from 'zod';
import { REFUSALS } from '#gates/refusal.ts';
import { named, text } from '#gates/shapes.ts';

/** RFC 9457 problem document; `code` is the refusal's. */
export type Problem = z.infer<typeof Problem>;
export const Problem = named(
  'Problem',
  z.strictObject({
    type: text('urn:hjemmel:refusal:collect.missing-field'),
    title: text('collect.missing-field'),
    status: z.int().meta({ examples: [422] }),
    code: text('collect.missing-field', 'One of a closed list, `docs/refusals.md`.'),
    detail: text(REFUSALS['collect.missing-field'].says, 'One sentence; never holds what was sent.'),
    fields: z
      .array(z.strictObject({ field: text('name'), reason: text('collect.missing-field') }))
      .optional()
      .describe('Which fields, by name; never by value.'),
  }),
);
