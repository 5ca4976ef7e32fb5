import { runCommand } from '#cli/cli.ts';
import type { Wiring } from '#cli/wiring.ts';
import { readConfig } from '#config';
import { acts } from './acts.ts';
import { backUp } from './backup.ts';
import { loadDemo, staffLink } from './demo.ts';
import { openAudit, openProduct, openSite, type Product } from './product.ts';
import { putBack } from './restore.ts';

/** Hands the command line what it starts. What it gets back it got from here, so it is the whole product again. */
const wiring: Wiring = {
  readConfig: () => readConfig(process.env),
  open: openProduct,
  openAudit,
  backUp,
  putBack,
  openSite: (opened, config, options) => openSite(opened as Product, config, options),
  ...acts,
  loadDemo: (opened, now) => loadDemo(opened as Product, now),
  staffLink: (opened, now) => staffLink(opened.gates, now),
};

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', () => process.exit(0));
process.exitCode = await runCommand(process.argv.slice(2), wiring);
