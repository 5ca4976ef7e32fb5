import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRules } from '#gates/statement-file.ts';
import { shipped, swap, texts, wrongWith } from '#test/statement.ts';
import type { Block, Statement } from './grammar.ts';
import { prose } from './prose.ts';

/** Problems of a text on its own, without those about rules that such a short text does not show. */
function wrongIn(markdown: string): string[] {
  return prose(shipped().statement, 'nb', markdown, 'nb.md')
    .problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
    .filter((message) => !/^1:1 .*(?:has no heading|does not s)/.test(message));
}

test('0.version: shows the version and the date that the rules have', () => {
  for (const [language, date] of [
    ['nb', '23. november 2026'],
    ['en', '23 November 2026'],
  ] as const) {
    const { sections } = shipped().prose[language];
    const facts = sections
      .find(({ id }) => id === '0.version')!
      .blocks.flatMap((block) => (block.kind === 'paragraph' ? block.spans : []))
      .filter(({ kind }) => kind === 'fact');
    assert.deepEqual(
      facts.map(({ text }) => text),
      ['3.0', date],
    );
  }
});

test('gives every clause a heading and every heading an anchor, in both languages', () => {
  const { statement, prose } = shipped();
  for (const language of ['nb', 'en'] as const) {
    const { sections } = prose[language];
    const bound = sections.flatMap(({ clauses }) => clauses);
    assert.deepEqual([...bound].sort(), Object.keys(statement.clauses).sort());
    assert.equal(new Set(sections.map(({ id }) => id)).size, sections.length);
  }
  const order = (language: 'nb' | 'en') =>
    prose[language].sections.map(({ clauses, level }) => [level, ...clauses]);
  assert.deepEqual(order('nb'), order('en'));
});

test('s.list: says none while there is no recipient, and names them when there are', () => {
  const listed = (statement: Statement) => {
    const { sections } = prose(statement, 'en', texts.en, 'en.md').prose!;
    return sections.find(({ id }) => id === 's.list')!.blocks;
  };
  const spans = (block: Block | undefined) =>
    block?.kind === 'paragraph' ? block.spans.map(({ text }) => text) : [];
  const none = listed(shipped().statement);
  assert.ok(spans(none[0]).includes('none'));
  assert.equal(none.length, 1);
  const one = listed(
    parseRules(
      swap(
        texts.yaml,
        'recipients: {}',
        'recipients:\n  help: { name: Example Help AS, kind: processor, country: US, purposes: [support], categories: [support.message], transfer: standard contractual clauses }',
      ),
      'statement.yaml',
    ),
  );
  assert.ok(spans(one[0]).includes('Example Help AS'));
  assert.ok(spans(one[0]).includes('United States'));
  const table = one[1];
  assert.deepEqual(table?.kind === 'table' && table.rows, [
    ['Example Help AS', 'United States (standard contractual clauses)', 'Help', 'What you write to us'],
  ]);
});

test('k.behaviour-18-months: says the period of the rule, whatever it is', () => {
  const statement = parseRules(swap(texts.yaml, 'period: P18M', 'period: P1Y6M'), 'statement.yaml');
  const { sections } = prose(statement, 'nb', texts.nb, 'nb.md').prose!;
  const [block] = sections.find(({ id }) => id === 'k.behaviour-18-months')!.blocks;
  assert.ok(block?.kind === 'paragraph' && block.spans.some(({ text }) => text === '1 år og 6 måneder'));
});

test('a rule that the text does not show is an error', () => {
  for (const [written, message] of [
    ['{{table storage}}', /does not show storage\.newsletter: write \{\{storage\.newsletter\.period\}\}/],
    ['{{table purposes}}', /does not show purposes\.newsletter/],
    ['{{table categories}}', /does not show categories\.contact\.name/],
    ['{{table points}}', /does not show points\.profile/],
    ['{{table cookies}}', /does not show cookies\.__Host-hjemmel/],
    ['{{table sources}}', /does not show sources\.given/],
    ['{{deadlines.breach.period}}', /does not show deadlines\.breach/],
    ['{{purposes.duty.duringRestriction}}', /does not show that duty goes on/],
    [' {#k.opt-out}', /the clause k\.opt-out has no heading/],
  ] as const)
    for (const language of ['nb', 'en'] as const) {
      const wrong = wrongWith({ [language]: swap(texts[language], written, '') });
      assert.ok(
        wrong.some((line) => line.startsWith(`statement/${language}.md:1:1: `) && message.test(line)),
        written,
      );
    }
  const silent = texts.nb.replaceAll('{{recipients}}', '').replace('{{table recipients}}', '');
  assert.ok(wrongWith({ nb: silent }).some((line) => /does not say who gets the data/.test(line)));
});

test('a rule that is added to the YAML must be told in both texts', () => {
  const yaml = swap(
    texts.yaml,
    'deadlines:\n',
    'deadlines:\n  reply: { label: { nb: Svar, en: Reply }, clause: r.access, period: P3D }\n',
  );
  assert.deepEqual(
    wrongWith({ yaml }).map((line) => line.replace(/: write.*/, '')),
    ['nb', 'en'].map((name) => `statement/${name}.md:1:1: the text does not show deadlines.reply`),
  );
});

test('a number typed into the text is an error, where it stands', () => {
  const line =
    texts.nb.split('\n').findIndex((text) => text.startsWith('Opplysninger om hvordan du bruker')) + 1;
  assert.deepEqual(
    wrongWith({
      nb: swap(texts.nb, 'slettes etter {{storage.behaviour.period}}', 'slettes etter 18 måneder'),
    }),
    [`statement/nb.md:${line}:59: "18" is typed into the text; take it from the rules with a placeholder`],
  );
  assert.deepEqual(
    wrongIn('# T\n\n## H\n\nVi sletter\netter **tolv** måneder.').map((message) => message.slice(0, 22)),
    ['6:9 "tolv måneder" is '],
  );
  assert.equal(wrongIn('# Versjon 3\n\n## Etter 7 dager\n\n- om 2 uker').length, 3);
  assert.deepEqual(wrongIn('# T\n\n## H\n\nSe [loven](https://lovdata.no/2018/38), art. 6 og § 3-15.'), []);
});

test('a placeholder that leads nowhere is an error with a guess', () => {
  assert.deepEqual(
    wrongIn(
      '# T\n\n## H\n\nI {{storage.behavior.period}} og {{opperator.name}} og {{storage.behaviour.perod}}.',
    ),
    [
      '5:3 {{storage.behavior.period}}: storage has no "behavior.period" (did you mean "behaviour"?)',
      '5:34 {{opperator.name}}: nothing is called "opperator" (did you mean "operator"?)',
      '5:56 {{storage.behaviour.perod}}: storage.behaviour has no "perod" (did you mean "period"?)',
    ],
  );
  assert.deepEqual(wrongIn('# T\n\n## H\n\n{{table storrage}}'), [
    '5:1 there is no table of "storrage" (did you mean "storage"?)',
  ]);
  assert.deepEqual(wrongIn('# T\n\n## H\n\nSe {{table storage}} her'), [
    '5:4 {{table storage}} must stand alone, with a blank line before and after',
  ]);
  assert.deepEqual(
    wrongIn('# T\n\n## H\n\n{{operator.officer}} {{version.x}} {{purposes.customer.interest}}'),
    [
      '5:1 {{operator.officer}}: the rules do not say',
      '5:22 {{version.x}}: version has nothing inside',
      '5:36 {{purposes.customer.interest}}: the rules do not say',
    ],
  );
});

test('a heading names clauses that there are, each once', () => {
  assert.deepEqual(wrongIn('# T\n\n## A {#r.acces}\n\n## B {#r.access k.opt-out}\n\n### C {#r.access}'), [
    '3:7 no clause is called "r.acces" (did you mean "r.access"?)',
    '7:8 "r.access" already has a heading, on line 5',
  ]);
});

test('a link leads somewhere safe', () => {
  assert.deepEqual(
    wrongIn(
      '# T\n\n## Her er jeg\n\n[a](#her-er-jeg) [b](#der) [c](javascript:alert) [d](//x.example) [e](/min)',
    ),
    [
      '5:18 #der leads nowhere',
      '5:28 "javascript:alert" is no link: use https://, mailto:, /page or #clause',
      '5:50 "//x.example" is no link: use https://, mailto:, /page or #clause',
    ],
  );
});

test('refuses Markdown that it would not show', () => {
  assert.deepEqual(
    wrongIn('tekst\n\n# T\n\n## H\n\n#### dypt\n\n> sitat\n\n| a |\n\n+ punkt\n\n**åpen og `kode` og *skrå*'),
    [
      '1:1 the text must begin with its title: # …',
      '1:1 text before the first ## heading',
      '7:1 headings go three levels deep',
      '9:1 quotations are not part of this Markdown',
      '11:1 write tables as {{table storage}}; their rows come from the rules',
      '13:1 lists are written with -',
      '15:1 ** is opened and never closed',
      '15:11 "`" is not part of this Markdown',
      '15:21 "*" is not part of this Markdown',
    ],
  );
});

test('reads blocks and spans', () => {
  const { statement } = shipped();
  const text =
    '\n\n## Ekstra ord\n\nHei **du** der,\n[skriv]({{operator.authority.url}}) nå.\n\n- første\n  linje\n- {{operator.country}}\n';
  const { sections } = prose(statement, 'nb', texts.nb + text, 'nb.md').prose!;
  assert.deepEqual(sections.at(-1), {
    id: 'ekstra-ord',
    heading: 'Ekstra ord',
    level: 2,
    clauses: [],
    blocks: [
      {
        kind: 'paragraph',
        spans: [
          { kind: 'text', text: 'Hei ' },
          { kind: 'strong', text: 'du' },
          { kind: 'text', text: ' der, ' },
          { kind: 'link', text: 'skriv', href: 'https://www.datatilsynet.no' },
          { kind: 'text', text: ' nå.' },
        ],
      },
      {
        kind: 'list',
        items: [[{ kind: 'text', text: 'første linje' }], [{ kind: 'fact', text: 'Norge' }]],
      },
    ],
  });
});
