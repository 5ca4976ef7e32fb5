import type { Language, Statement } from '#statement/grammar.ts';
import type { AccessAnswer } from '../answers.ts';

/** `data.json` of an export: what access shows, and every row it was made from. */
export interface ExportedData extends AccessAnswer {
  readonly format: 'hjemmel-export/1';
  readonly exportedAt: string;
  readonly statement: { readonly version: string; readonly operator: string };
  /** Rows of the engine's own records and of tables kept in days, as they lie. */
  readonly records: Readonly<Record<string, readonly unknown[]>>;
  readonly log: readonly unknown[];
}

const WORDS = {
  nb: {
    title: 'Alt vi har om deg',
    made: 'Hentet ut',
    from: 'fra',
    under: 'etter personvernerklæringen versjon',
    item: 'Opplysning',
    value: 'Verdi',
    source: 'Kilde',
    purpose: 'Formål',
    collected: 'Kom inn',
    leaves: 'Slettes',
    consents: 'Samtykker, avslag og tilbaketrekkinger',
    when: 'Når',
    what: 'Hva',
    state: 'Svar',
    log: 'Hvem som har sett på opplysningene',
    who: 'Hvem',
    act: 'Handling',
    machine:
      'Det samme, og hver rad det er laget av, ligger i data.json. Kvitteringene ligger i mappen receipts.',
    holds: 'Slettesperrer som gjelder (personvernforordningen art. 17 nr. 3 bokstav e)',
    why: 'Hvorfor',
    since: 'Siden',
    until: 'Til og med',
    open: 'til den oppheves',
    none: 'Ingenting.',
  },
  en: {
    title: 'Everything we hold on you',
    made: 'Taken out',
    from: 'from',
    under: 'under the privacy statement version',
    item: 'Item',
    value: 'Value',
    source: 'Source',
    purpose: 'Purpose',
    collected: 'Came',
    leaves: 'Leaves',
    consents: 'Consents, refusals and withdrawals',
    when: 'When',
    what: 'What',
    state: 'Answer',
    log: 'Who has looked at the data',
    who: 'Who',
    act: 'Act',
    machine:
      'The same, and every row it was made from, is in data.json. The receipts are in the folder receipts.',
    holds: 'Holds that stand (GDPR art. 17(3)(e))',
    why: 'Why',
    since: 'Since',
    until: 'Up to and including',
    open: 'until it is released',
    none: 'Nothing.',
  },
} as const;

/** The export as one page that needs nothing else: no script, no style from elsewhere. */
export function exportPage(statement: Statement, data: ExportedData, language: Language): string {
  const words = WORDS[language];
  const purpose = (id: string) => statement.purposes[id]?.label[language] ?? id;
  const source = (id: string) => statement.sources[id]?.label[language] ?? id;
  const items = data.items.map((item) => [
    item.label[language],
    item.value,
    source(item.source),
    `${purpose(item.purpose)} (${item.clause})`,
    date(item.collectedAt, language),
    item.expires === null ? item.until[language] : date(item.expires, language),
  ]);
  const consents = data.history.map((event) => [
    date(event.at, language),
    purpose(event.purpose),
    event.state,
  ]);
  const holds = data.holds.map((hold) => [
    hold.why,
    date(hold.since, language),
    hold.until === null ? words.open : date(hold.until, language),
  ]);
  const log = data.log.map((entry) => {
    const row = entry as { at: Date; actor: string; gate: string; act: string };
    return [date(row.at.toISOString(), language), row.actor, `${row.gate}: ${row.act}`];
  });
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${words.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
table{border-collapse:collapse;width:100%;margin:1rem 0 2rem}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d5dae0;overflow-wrap:anywhere}
th{font-weight:600}</style></head><body>
<h1>${words.title}</h1>
<p>${words.made} ${date(data.exportedAt, language)} ${words.from} ${safe(data.statement.operator)}, ${words.under} ${safe(data.statement.version)}.</p>
${table([words.item, words.value, words.source, words.purpose, words.collected, words.leaves], items, words.none)}
${holds.length === 0 ? '' : `<h2>${words.holds}</h2>\n${table([words.why, words.since, words.until], holds, words.none)}`}
<h2>${words.consents}</h2>
${table([words.when, words.what, words.state], consents, words.none)}
<h2>${words.log}</h2>
${table([words.when, words.who, words.act], log, words.none)}
<p>${words.machine}</p>
</body></html>
`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return `<p>${none}</p>`;
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${safe(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${line(head, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table>`;
}

function date(iso: string, language: Language): string {
  if (iso === '') return '';
  const locale = language === 'nb' ? 'nb-NO' : 'en-GB';
  const time = iso.length > 10 ? ({ timeStyle: 'short' } as const) : {};
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', ...time, timeZone: 'Europe/Oslo' }).format(
    new Date(iso),
  );
}

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
