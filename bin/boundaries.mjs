/** Holds every import to the rules of .dependency-cruiser.mjs; each breach comes with what to do instead. */
import { existsSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import rules from '../.dependency-cruiser.mjs';

/** Fewer modules than this and the check has looked at nothing, as it does under a compiler it does not know. */
const least = 20;

const folders = ['src', 'test', 'bench', 'web/app'].filter((folder) => existsSync(folder));
const options = { ...rules.options, validate: true, ruleSet: { forbidden: rules.forbidden } };
const { output } = await cruise(folders, options, {}, { tsConfig: extractTSConfig('tsconfig.json') });

const own = output.modules.filter((module) => module.source.startsWith('src/'));
const why = new Map(rules.forbidden.map((rule) => [rule.name, rule.comment]));
for (const { from, to, rule, cycle } of output.summary.violations) {
  const way = cycle ? cycle.map((step) => step.name).join(' → ') : to;
  console.error(`${from} → ${way}\n  ${rule.name}: ${why.get(rule.name)}`);
}
if (own.length <= least) console.error(`Only ${own.length} modules seen under src/: the check is blind.`);
process.exitCode = output.summary.error > 0 || own.length <= least ? 1 : 0;
