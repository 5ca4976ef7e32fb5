/** People who have something in common, as a roll-up tells of them. */
export interface Group {
  /** What they have in common, the coarsest first; null: one of the others. */
  readonly key: readonly (string | null)[];
  /** How many different people. */
  readonly people: number;
  /** The finest groups that went into this one, by their names. */
  readonly members: readonly string[];
}

/**
 * Merges groups until none has fewer than `least` people, and leaves nobody out who could be counted by subtraction
 * (clause `k.anonymise`). Small groups that agree in all but the last thing become «the others» there; when those are too
 * few as well, the smallest group beside them joins, so that what is missing from a whole is never a handful; what then is
 * still small is merged one step coarser, and at last into the whole period. Less than that is left out altogether.
 *
 * `union` counts the different people in some of the finest groups together: the same person may be in several.
 */
export async function merge(
  finest: readonly Group[],
  least: number,
  union: (members: readonly string[]) => Promise<number>,
): Promise<Group[]> {
  let groups = [...finest];
  const depth = finest[0]?.key.length ?? 0;
  for (let level = depth - 1; level >= 0; level -= 1) {
    const together = Map.groupBy(groups, ({ key }) => JSON.stringify(key.slice(0, level)));
    const next: Group[] = [];
    for (const some of together.values()) next.push(...(await mergeAt(level, some, least, union)));
    groups = next;
  }
  return groups.filter(({ people }) => people >= least).sort(byKey);
}

async function mergeAt(
  level: number,
  some: readonly Group[],
  least: number,
  union: (members: readonly string[]) => Promise<number>,
): Promise<Group[]> {
  const small = some.filter(({ people }) => people < least);
  if (small.length === 0) return [...some];
  const isOthers = ({ key }: Group) => key.slice(level).every((part) => part === null);
  let joined = some.filter((group) => group.people < least || isOthers(group));
  let rest = some.filter((group) => !joined.includes(group));
  let people = await count(joined, union);
  if (people < least && rest.length > 0) {
    const smallest = rest.reduce((a, b) =>
      b.people < a.people || (b.people === a.people && byKey(b, a) < 0) ? b : a,
    );
    joined = [...joined, smallest];
    rest = rest.filter((group) => group !== smallest);
    people = await count(joined, union);
  }
  const key = small[0]!.key.map((part, at) => (at < level ? part : null));
  return [...rest, { key, people, members: joined.flatMap(({ members }) => members) }];
}

async function count(
  joined: readonly Group[],
  union: (members: readonly string[]) => Promise<number>,
): Promise<number> {
  return joined.length === 1 ? joined[0]!.people : union(joined.flatMap(({ members }) => members));
}

/** In the order of what they are called, the others last: never in the order in which anybody came. */
function byKey({ key: a }: Group, { key: b }: Group): number {
  for (const [at, part] of a.entries()) {
    const other = b[at] ?? null;
    if (part === other) continue;
    if (part === null) return 1;
    if (other === null) return -1;
    return part < other ? -1 : 1;
  }
  return 0;
}
