import type { Statement } from './grammar.ts';

/** Numbers of versions in their order: `3.9` before `3.10`. */
export function compareVersions(a: string, b: string): number {
  const [[majorA, minorA], [majorB, minorB]] = [parts(a), parts(b)];
  return majorA - majorB || minorA - minorB;
}

function parts(version: string): [number, number] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
}

/** The first free revision after a version: `3.1` after `3.0`, `3.2` when `3.1` was taken once, even if it was taken back. */
export function nextRevision(version: string, taken: readonly string[]): string {
  let [major, minor] = parts(version);
  do minor += 1;
  while (taken.includes(`${major}.${minor}`));
  return `${major}.${minor}`;
}

/**
 * The rules with their number and date set, and not a character changed besides. Undefined when the two do not stand on
 * lines of their own, as the shipped file has them.
 */
export function restamped(
  yaml: string,
  { version, updated }: Pick<Statement, 'version' | 'updated'>,
): string | undefined {
  const [number, date] = [/^version:.*$/gm, /^updated:.*$/gm];
  if ([number, date].some((line) => yaml.match(line)?.length !== 1)) return undefined;
  return yaml.replace(number, `version: "${version}"`).replace(date, `updated: ${updated}`);
}
