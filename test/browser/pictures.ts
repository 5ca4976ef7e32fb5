import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const kept = process.env.PICTURES;

/** Where the pictures of a way go: PICTURES, to be looked at, or a folder that is gone when the tests of a file are over. */
export const pictures = kept ?? mkdtempSync(join(tmpdir(), 'hjemmel-pictures-'));
mkdirSync(pictures, { recursive: true });
if (kept === undefined) after(() => rmSync(pictures, { recursive: true, force: true }));
