/** Who may import whom: folder by folder. Tests beside the code are held to less. */

const own = (...folders) => `^src/(${folders.join('|')})/`;
const source = String.raw`^src/.*\.ts$`;
/** Where a module says what its routes take and answer. */
const shapes = String.raw`^src/modules/[^/]+/[a-z-]*shapes\.ts$`;
const tests = String.raw`\.test\.ts$`;
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];
const sockets = '^(node:)?(net|tls|dgram|http|https|http2|dns|inspector)(/|$)';

/** Code of ours in `folder` may reach `allowed` and packages, nothing else of ours. */
const only = (folder, allowed, comment) => ({
  name: `${folder}-reaches`,
  severity: 'error',
  comment,
  from: { path: own(folder), pathNot: tests },
  to: { path: '^(src|test|bench|web)/', pathNot: own(folder, ...allowed) },
});

export default {
  forbidden: [
    only(
      'statement',
      [],
      'statement/ is the grammar of promises and imports nothing but itself: hand in what it needs.',
    ),
    {
      name: 'statement-is-pure',
      severity: 'error',
      comment:
        'statement/ imports no package and nothing of Node: read and parse outside, hand in the value.',
      from: { path: own('statement'), pathNot: tests },
      to: { dependencyTypes: [...npm, 'core'] },
    },
    only('platform', [], 'platform/ knows no business: turn the need round and take it as an argument.'),
    only(
      'gates',
      ['statement', 'platform'],
      'A gate reaches statement/ and platform/ alone: modules are handed to it, proof never helps it.',
    ),
    only('client', [], 'client/ is what other programs take along: it stands alone.'),
    {
      name: 'client-is-for-others',
      severity: 'error',
      comment: 'The product does not call itself: client/ is for other programs.',
      from: { path: source, pathNot: [own('client'), tests] },
      to: { path: own('client') },
    },
    only(
      'proof',
      ['statement', 'platform'],
      'An auditor who asks the accused is not auditing: proof/ reads catalogue and rows itself.',
    ),
    {
      ...only('http', [], 'http/ is handed the modules and the proof: take them as arguments.'),
      to: {
        path: '^(src|test|bench|web)/',
        pathNot: `${own('http', 'gates', 'platform', 'statement')}|${shapes}`,
      },
    },
    {
      name: 'contract-borrows-shapes',
      severity: 'error',
      comment:
        'Of a module http/ may know the types of its shapes, for the pages to borrow, and nothing else.',
      from: { path: '^src/http/' },
      to: { path: shapes, dependencyTypesNot: ['type-only'] },
    },
    {
      ...only(
        'cli',
        ['gates', 'platform', 'statement'],
        'cli/ is handed what it starts, the configuration apart.',
      ),
      to: {
        path: '^(src|test|bench|web)/',
        pathNot: `${own('cli', 'gates', 'platform', 'statement')}|^src/config\\.ts$`,
      },
    },
    {
      name: 'modules-reach',
      severity: 'error',
      comment:
        'A module reaches itself, gates/ and statement/: what it needs of another comes through a gate.',
      from: { path: '^src/modules/([^/]+)/', pathNot: tests },
      to: { path: '^(src|test|bench|web)/', pathNot: ['^src/modules/$1/', own('gates', 'statement')] },
    },
    {
      name: 'modules-use-one-package',
      severity: 'error',
      comment:
        'A module uses the schema library and no other package (identity alone one that checks passkeys): what talks to the world is in platform/.',
      from: { path: '^src/modules/', pathNot: [tests, '^src/modules/identity/passkeys\\.ts$'] },
      to: { dependencyTypes: npm, pathNot: 'node_modules/zod/' },
    },
    {
      name: 'modules-use-no-node',
      severity: 'error',
      comment: 'A module is rules, not plumbing: of Node it may use node:crypto alone.',
      from: { path: '^src/modules/', pathNot: tests },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'main-is-the-top',
      severity: 'error',
      comment:
        'main.ts, product.ts, backup.ts, restore.ts and demo.ts wire everything and are imported by nobody below them.',
      from: {
        path: '^src/',
        pathNot: ['^src/(main|product|backup|restore|demo|demo-invoices|demo-visits)\\.ts$', tests],
      },
      to: { path: '^src/(main|product|backup|restore|demo|modules)\\.ts$' },
    },
    {
      name: 'config-is-handed-down',
      severity: 'error',
      comment: 'Only the wiring and cli/ know the configuration; take what you need of it as an argument.',
      from: {
        path: '^src/',
        pathNot: ['^src/(main|product|backup|restore|config)\\.ts$', own('cli'), tests],
      },
      to: { path: '^src/config\\.ts$' },
    },
    {
      name: 'sockets-in-platform',
      severity: 'error',
      comment: 'Sockets are opened in platform/ alone: data leaves by the share gate or not at all.',
      from: { path: source, pathNot: [own('platform'), tests] },
      to: { dependencyTypes: ['core'], path: sockets },
    },
    {
      name: 'web-borrows-types',
      severity: 'error',
      comment:
        'The pages borrow types of the HTTP contract and never code: use import type, or call the API.',
      from: { path: '^web/' },
      to: { path: '^(src|test|bench)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-borrows-the-contract',
      severity: 'error',
      comment: 'The pages know the HTTP contract and the grammar of the statement, and nothing behind them.',
      from: { path: '^web/' },
      to: { path: '^(src|test|bench)/', pathNot: '^src/(http/contract|statement/grammar)\\.ts$' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      comment: 'The product does not know its tests: move what both need into src/.',
      from: { path: source, pathNot: tests },
      to: { path: [tests, '^(test|bench)/'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'Two files that run each other are one file, or want a third that both import; types may go both ways.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports this file and it imports nobody: use it or delete it.',
      from: { orphan: true, path: source, pathNot: tests },
      to: {},
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      comment: 'This import leads nowhere: spell the path out, with .ts at the end.',
      from: { path: '^(src|test|bench)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-packages',
      severity: 'error',
      comment: 'The product runs without the development packages: move it to dependencies, or leave it out.',
      from: { path: source, pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^web/build', '^web/\\.react-router', '^web/vite'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
