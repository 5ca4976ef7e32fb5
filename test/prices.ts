import { readPrices } from '#gates/prices/file.ts';
import type { PriceList } from '#gates/prices/list.ts';

/** For tests: the shipped price list. */
export function shippedPrices(): PriceList {
  return readPrices(new URL('../prices.yaml', import.meta.url).pathname);
}
