import type { Question, Register, Told } from '#platform/register/register.ts';
import { RegisterAway } from '#platform/register/register.ts';
import type { Engine } from '../engine.ts';
import { Refusal } from '../refusal.ts';

/** What a third party says of something, as {@link Source.ask} answers with it. */
export type Said<T> = Told<T>;

/** A third party that can be asked. */
export interface Source {
  /** Asks at a path under the source's own base; refuses when it does not answer and nothing is remembered. */
  ask<T>(path: string, question: Question<T>): Promise<Said<T>>;
  /** Forgets what is remembered, by path or by what it holds. */
  forget(which: (path: string, value: unknown) => boolean): void;
}

/** Registers by the name that the statement gives them as sources. */
export type Sources = Readonly<Record<string, Pick<Register, 'get' | 'forget'>>>;

/**
 * A third party, by its name among the statement's sources (clause `1.3.brreg`). One that the statement in force does not
 * name, or no longer, is not asked for anything.
 */
export function sourceOf({ statement, sources }: Engine, id: string): Source {
  const register = sources?.[id];
  const named = Object.hasOwn(statement.sources, id) && statement.sources[id]!.kind === 'third-party';
  if (!named || register === undefined) throw new Refusal('collect.unknown-source');
  return {
    ask: async (path, question) => {
      try {
        return await register.get(path, question);
      } catch (error) {
        if (error instanceof RegisterAway) throw new Refusal('collect.source-away');
        throw error;
      }
    },
    forget: (which) => register.forget(which),
  };
}
