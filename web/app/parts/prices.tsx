import type { ModuleCatalogueAnswer, PricesAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { money } from '../money.ts';
import { priceTexts } from '../texts/prices.ts';
import { Table } from './table.tsx';

/** What is sold, by its names, and at which prices today. */
export interface Offered {
  prices: PricesAnswer;
  modules: ModuleCatalogueAnswer['modules'];
}

/** What it costs to be a client: told before anything is agreed. */
export function Prices({ prices, modules, language }: Offered & { language: Language }) {
  const words = priceTexts[language];
  const names = new Map(modules.map(({ module, label }) => [module, label[language]]));
  const row = (name: string, { month, year }: { month: number; year: number }) => [
    name,
    money(month, language),
    money(year, language),
  ];
  const [first] = prices.plans;
  return (
    <section className="spaced" aria-labelledby="title-prices">
      <h2 id="title-prices" className="ds-heading" data-size="md">
        {words.title}
      </h2>
      {first ? <p>{words.begin(first.label[language], longDate(prices.trialUntil, language))}</p> : null}
      <Table
        caption={words.caption}
        head={words.head}
        figures={[1, 2]}
        rows={[
          ...prices.plans.map((plan) => row(words.plan(plan.label[language]), plan)),
          ...prices.modules.map((one) => row(words.module(names.get(one.module) ?? one.module), one)),
        ]}
      />
      <p className="quiet">{words.vat(String(prices.vat))}</p>
    </section>
  );
}

/** What one module costs, in a sentence; undefined where the price list does not have it. */
export function priceOf({ modules }: PricesAnswer, module: string, language: Language): string | undefined {
  const found = modules.find((one) => one.module === module);
  return found && priceTexts[language].each(money(found.month, language), money(found.year, language));
}
