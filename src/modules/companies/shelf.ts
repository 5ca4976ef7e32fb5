import type { Shelf } from '#gates/third-party/follow.ts';

/** Where companies are kept, and their figures. */
export const FACTS = 'companies.fact';
export const FIGURES_OF = 'companies.key_figures';

/** The same for whoever keeps them in step with the register. */
export const SHELF: Shelf = {
  table: FACTS,
  hash: 'number_hash',
  name: 'number',
  carried: ['request', 'asked_at'],
  further: { [FIGURES_OF]: 'fact' },
  removed: 'companies.removed',
};
