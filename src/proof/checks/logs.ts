import { type Check, type Context, many, outcome } from '../check.ts';
import type { Kind } from '../detectors.ts';
import { findings, scanFiles, scanRows } from '../scan.ts';

/** What lies in files, and addresses of machines wherever they may lie (clauses `0.security`, `1.2.device`). */
export const logChecks: readonly Check[] = [
  {
    clause: '0.security',
    title: 'No log and no other file holds personal data in the clear',
    async run(context) {
      const scan = await scanFiles(context);
      return outcome(
        findings(scan, (kind) => kind !== 'network address'),
        `${many(scan.looked, 'file')} read whole`,
      );
    },
  },
  {
    clause: '1.2.device',
    title: 'No unmasked network address is stored, and none is logged',
    async run(context: Context) {
      const [rows, files] = [await scanRows(context), await scanFiles(context)];
      const isAddress = (kind: Kind) => kind === 'network address';
      return outcome(
        [...findings(rows, isAddress), ...findings(files, isAddress)],
        `${many(rows.looked, 'column')} and ${many(files.looked, 'file')} read whole`,
      );
    },
  },
];
