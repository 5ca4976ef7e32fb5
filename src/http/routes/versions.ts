import { z } from 'zod';
import { type Route, route } from '#gates/module.ts';
import type { Plan } from '#gates/plan/plan.ts';
import { Refusal } from '#gates/refusal.ts';
import { Language, Version } from '#gates/shapes.ts';
import type { InForce } from '#gates/versions.ts';
import { type Applied, StatementError } from '#statement/applied.ts';
import { changeText, reasonOf } from '#statement/change-text.ts';
import { compare } from '#statement/compare.ts';
import { sideBySide } from '#statement/side-by-side.ts';
import {
  type ComingAnswer,
  ComparisonAnswer,
  PlanAnswer,
  VersionAnswer,
  VersionsAnswer,
} from '../contract/statement.ts';

/** The history of the statement as it is told, newest first. */
export function versionsOf({ versions }: InForce): VersionsAnswer['versions'] {
  return versions.map(({ appliedAt, effectiveAt, withdrawnAt, ...version }) => ({
    ...version,
    appliedAt: appliedAt.toISOString(),
    effectiveAt: effectiveAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  }));
}

/** The version that waits to take effect, and what of it matters to people; null when none does. */
export function comingOf(inForce: InForce): ComingAnswer | null {
  const { waiting, applied } = inForce;
  if (waiting === undefined) return null;
  const [before, after] = [applied.statement, inForce.read(waiting.version)!.statement];
  const material = compare(before, after).filter((change) => change.material);
  const words = (language: Language) => [
    ...new Set(material.map((change) => changeText(change, before, after, language))),
  ];
  return {
    version: waiting.version,
    effectiveAt: waiting.effectiveAt.toISOString(),
    changes: { nb: words('nb'), en: words('en') },
  };
}

/** Versions of the statement, two of them beside each other; all from memory, as the statement itself is. */
export function versionRoutes(inForce: InForce): Route[] {
  const compared = new Map<string, ComparisonAnswer>();
  return [
    route({
      method: 'GET',
      path: '/statement/versions',
      about: 'Every version of the statement there has been, newest first, and the one that waits, if any.',
      who: 'anybody',
      outcome: 'read',
      answers: VersionsAnswer,
      handle: async (): Promise<VersionsAnswer> => ({
        current: inForce.applied.statement.version,
        coming: comingOf(inForce),
        versions: versionsOf(inForce),
      }),
    }),
    route({
      method: 'GET',
      path: '/statement/versions/:version',
      about: 'One version of the statement: rules and text in both languages, as they were applied.',
      who: 'anybody',
      outcome: 'read',
      answers: VersionAnswer,
      refuses: ['statement.unknown-version'],
      handle: async ({ params }): Promise<VersionAnswer> => {
        const { statement, prose, fingerprint } = versionNamed(inForce, params.version);
        return { version: statement.version, updated: statement.updated, fingerprint, statement, prose };
      },
    }),
    route({
      method: 'GET',
      path: '/statement/comparisons',
      about: 'Two versions of the text beside each other, word by word.',
      who: 'anybody',
      query: z.object({ from: Version, to: Version, language: Language.default('nb') }),
      outcome: 'read',
      answers: ComparisonAnswer,
      refuses: ['statement.unknown-version'],
      handle: async ({ query }) => {
        const [before, after] = [versionNamed(inForce, query.from), versionNamed(inForce, query.to)];
        const { language } = query;
        const [from, to] = [before.statement.version, after.statement.version];
        const key = `${from} ${to} ${language}`;
        const answer = compared.get(key) ?? compareVersions(before, after, language);
        compared.set(key, answer);
        return answer;
      },
    }),
  ];
}

function compareVersions(before: Applied, after: Applied, language: Language): ComparisonAnswer {
  const [was, is] = [before.statement, after.statement];
  return {
    from: was.version,
    to: is.version,
    language,
    changes: compare(was, is)
      .filter(({ material }) => material)
      .map((change) => changeText(change, was, is, language)),
    sections: sideBySide(before.prose[language], after.prose[language]),
  };
}

/** A version that today's grammar can no longer read is as good as none: it is never shown otherwise than it was. */
function versionNamed(inForce: InForce, version: string | undefined): Applied {
  try {
    const found = version === undefined ? undefined : inForce.read(version);
    if (found !== undefined) return found;
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
  }
  throw new Refusal('statement.unknown-version');
}

/** What the changed files would do, for privacy staff; applying is for the command line. */
export function planRoute(plan: (at: Date) => Promise<Plan>): Route {
  return route({
    method: 'GET',
    path: '/plan',
    about: 'What the statement files would do if they were applied now. Changes nothing.',
    who: 'staff',
    role: 'privacy',
    scope: 'accountability',
    outcome: 'read',
    answers: PlanAnswer,
    handle: async ({ at }): Promise<PlanAnswer> => {
      const planned = await plan(at);
      const said = <T extends { why: string }>(each: T) => ({ ...each, reason: reasonOf(each) });
      return { ...planned, changes: planned.changes.map(said), consents: planned.consents.map(said) };
    },
  });
}
