import { type Check, type Context, outcome } from '../check.ts';
import { many } from '../counted.ts';
import type { Kind } from '../detectors.ts';
import { columnsRead, findings, scanFiles, scanRows } from '../scan.ts';

/** What lies in files, and addresses of machines wherever they may lie (clauses `0.security`, `1.2.device`). */
export const logChecks: readonly Check[] = [
  {
    clause: '0.security',
    title: 'No log and no other file holds personal data in the clear',
    titleNb: 'Ingen logg og ingen annen fil inneholder lesbare personopplysninger',
    async run(context) {
      const scan = await scanFiles(context);
      return outcome(
        findings(scan, (kind) => kind !== 'network address'),
        many(scan.looked, 'file'),
      );
    },
  },
  {
    clause: '1.2.device',
    title: 'No unmasked network address is stored, and none is logged',
    titleNb: 'Ingen umaskert nettadresse er lagret, og ingen er logget',
    async run(context: Context) {
      const [rows, files] = [await scanRows(context), await scanFiles(context)];
      const isAddress = (kind: Kind) => kind === 'network address';
      return outcome(
        [...findings(rows, isAddress), ...findings(files, isAddress)],
        ...columnsRead(rows),
        many(files.looked, 'file'),
      );
    },
  },
];
