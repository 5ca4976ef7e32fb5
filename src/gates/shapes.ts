import { z } from 'zod';
import { REASONS } from './actor.ts';

/** The small shapes that answers and bodies are made of. Each has an example, of people and companies nobody has. */

/** A number of ours: a UUID as PostgreSQL writes it. */
export const Id = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .meta({ format: 'uuid', examples: ['0b8e6f3a-4c1d-4f7e-9a52-6d3c1e8b7f40'] });
/** ISO 8601, UTC. */
export const Moment = z.iso.datetime().meta({ examples: ['2026-11-27T09:30:00.000Z'] });
/** A calendar date in Europe/Oslo. */
export const Day = z.iso.date().meta({ examples: ['2027-11-27'] });
export type Language = z.infer<typeof Language>;
export const Language = z.enum(['nb', 'en']);
/** A text in both languages. */
export const Both = named('Text', z.strictObject({ nb: text('Navn'), en: text('Name') }));
/** A clause of the statement, or a category or purpose of it. */
export const Clause = text('1.1.profile');
export const Category = text('contact.name');
export const Purpose = text('customer');
export const Version = text('3.0');
export const Count = z
  .int()
  .min(0)
  .meta({ examples: [3] });
export const Basis = z.enum(['A6-1-a', 'A6-1-b', 'A6-1-c', 'A6-1-d', 'A6-1-e', 'A6-1-f']);

/** A text with an example of it, and a word on what it is where the name does not say. */
export function text(example: string, description?: string) {
  return z.string().meta({ examples: [example], ...(description === undefined ? {} : { description }) });
}

/** A shape that the description of the API tells of once, under this name. */
export function named<Shape extends z.ZodType>(id: string, shape: Shape): Shape {
  return shape.meta({ id });
}

/** How the page after this one of a list is asked for. */
export const Next = text('NDcxMQ.pX2mC4u0hYw')
  .nullable()
  .describe('Pass as `cursor` for the next page; null on the last.');

/** A whole number in a query, written in digits. */
export function whole(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(most));
}

/** Why staff look, where that is asked (see {@link REASONS}). */
export const Reason = z.enum(REASONS).optional().describe('Why you look: the person reads it in their log.');

/** Nothing to tell but that it was taken. */
export const Taken = z.strictObject({});

/** A session that was opened; its cookie goes along. */
export type OpenedSession = z.infer<typeof OpenedSession>;
export const OpenedSession = named(
  'OpenedSession',
  z.strictObject({ person: Id, roles: z.array(text('privacy')), expiresAt: Moment }),
);

/** Who is signed in, until when at the latest, until when that counts as just shown, and what is lacking before anything is done. */
export type SessionAnswer = z.infer<typeof SessionAnswer>;
export const SessionAnswer = named(
  'SessionAnswer',
  OpenedSession.extend({
    freshUntil: Moment,
    freshFor: Count.describe('Seconds until then.'),
    lacks: z.enum(['proof', 'set-up']).nullable(),
  }),
);
