import type { Route } from '#gates/module.ts';

/** Hears of an answer that is not of the shape its route says: for tests, which let nothing pass that is undeclared. */
export type Misfit = (what: string) => void;

/** Holds an answer, as it goes out, to the shape that the description gives it; one field more is one too many. */
export function holdToShape(route: Route, answer: unknown, misfit: Misfit | undefined): void {
  if (misfit === undefined) return;
  const name = `${route.method} ${route.path}`;
  if (route.answers === undefined) {
    if (route.outcome !== 'done') misfit(`${name} does not say what it answers`);
    return;
  }
  const told = route.answers.safeParse(JSON.parse(JSON.stringify(answer)));
  if (!told.success) misfit(`${name} answers otherwise than it says: ${JSON.stringify(told.error.issues)}`);
}
