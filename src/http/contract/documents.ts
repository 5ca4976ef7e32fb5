/** Shape of the agreements that clients accept, as they are answered. */
import { z } from 'zod';
import { Day, named, text } from '#gates/shapes.ts';
import { prose } from './statement.ts';

/** The agreement, or the data-processing agreement (art. 28(3)). */
export type DocumentAnswer = z.infer<typeof DocumentAnswer>;
export const DocumentAnswer = named(
  'DocumentAnswer',
  z.strictObject({
    document: z.enum(['agreement', 'dpa']),
    version: text('1.0'),
    updated: Day,
    current: z.boolean().describe('True for the version that must be accepted now.'),
    prose,
    versions: z
      .array(z.strictObject({ version: text('1.0'), updated: Day }))
      .describe('Every version, newest first.'),
  }),
);
