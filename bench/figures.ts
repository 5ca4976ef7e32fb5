/** What was measured in several rounds: the middle one, and how far the others lie from it. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** One thing measured, beside the least that it could cost on the same database in the same run. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly product: Spread;
  /** What the floor is, and what it measured; absent where there is nothing to compare with. */
  readonly floor?: Spread & { readonly what: string };
  /** Product over floor, of the medians. */
  readonly ratio?: number;
  /** What the product is held to, and whether this run kept it; absent where nothing is promised. */
  readonly target?: { readonly text: string; readonly kept: boolean };
  /** Further numbers of the same run, by name. */
  readonly also?: Readonly<Record<string, number>>;
}

/** What one bench answers, as it stands in the JSON. */
export interface Result {
  readonly bench: string;
  readonly figures: readonly Figure[];
}

/** Median, least and most of some rounds; throws when there were none. */
export function spread(rounds: readonly number[]): Spread {
  if (rounds.length === 0) throw new Error('no rounds were measured');
  return { median: quantile(rounds, 0.5), min: Math.min(...rounds), max: Math.max(...rounds) };
}

/** The value that a share of them lie below; nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** A figure with its floor; `target` judges the product's median and the ratio. */
export function figure(
  name: string,
  unit: string,
  product: readonly number[],
  floor?: { readonly what: string; readonly rounds: readonly number[] },
  target?: {
    readonly text: string;
    readonly keeps: (median: number, ratio: number) => boolean;
  },
  also?: Readonly<Record<string, number>>,
): Figure {
  const measured = spread(product);
  const beside = floor === undefined ? undefined : { what: floor.what, ...spread(floor.rounds) };
  const ratio = beside === undefined ? undefined : measured.median / beside.median;
  return {
    name,
    unit,
    product: measured,
    floor: beside,
    ratio,
    target: target && { text: target.text, kept: target.keeps(measured.median, ratio ?? Number.NaN) },
    also,
  };
}

/** The figures for people: one line each. */
export function table(results: readonly Result[]): string {
  const head = ['', 'unit', 'product', '(least–most)', 'floor', '(least–most)', 'ratio', 'target'];
  const lines = results.flatMap(({ bench, figures }) => [
    [bench.toUpperCase(), '', '', '', '', '', '', ''],
    ...figures.map(({ name, unit, product, floor, ratio, target }) => [
      name,
      unit,
      number(product.median),
      `(${number(product.min)}–${number(product.max)})`,
      floor === undefined ? '' : number(floor.median),
      floor === undefined ? '' : `(${number(floor.min)}–${number(floor.max)})`,
      ratio === undefined ? '' : ratio.toFixed(2),
      target === undefined ? '' : `${target.text} ${target.kept ? '✔' : '✖'}`,
    ]),
  ]);
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]!.length)));
  return all
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function number(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en').replaceAll(',', ' ');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
