/**
 * Makes src/modules/identity/common-passwords.json from the word lists of the development packages: of each password long
 * enough to be taken at all, the first four bytes of its SHA-256, sorted, in base64. Run after those packages change.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dictionary } from '@zxcvbn-ts/language-common';

const SHORTEST = 8;
const words = new Set(
  Object.values(dictionary)
    .flat()
    .map((word) => String(word).normalize('NFKC').toLowerCase())
    .filter((word) => [...word].length >= SHORTEST),
);
const prefixes = [...words].map((word) => createHash('sha256').update(word).digest().readUInt32BE(0));
const sorted = Buffer.alloc(4 * new Set(prefixes).size);
for (const [at, prefix] of [...new Set(prefixes)].sort((a, b) => a - b).entries())
  sorted.writeUInt32BE(prefix, at * 4);
const file = new URL('../src/modules/identity/common-passwords.json', import.meta.url);
writeFileSync(file, `${JSON.stringify({ prefixes: sorted.toString('base64') })}\n`);
console.log(`${words.size} passwords, ${sorted.length} bytes`);
