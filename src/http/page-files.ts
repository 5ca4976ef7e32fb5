import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** A body ready to send, in the encodings worth having. `etag` is quoted, as RFC 9110 writes it. */
export interface Ready {
  type: string;
  etag: string;
  plain: Buffer;
  gzip?: Buffer;
  brotli?: Buffer;
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Compresses once what will be sent many times. */
export function ready(type: string, plain: Buffer, quality: number): Ready {
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  if (!/^text\/|svg/.test(type)) return { type, etag, plain };
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: quality };
  return {
    type,
    etag,
    plain,
    gzip: gzipSync(plain),
    brotli: brotliCompressSync(plain, { params: parameters }),
  };
}

/** Picks the smallest encoding that the browser's `accept-encoding` allows. */
export function encoded(body: Ready, accept: string | undefined): { body: Buffer; encoding?: 'br' | 'gzip' } {
  const offered = new Set((accept ?? '').split(',').map((each) => each.trim().split(';')[0]));
  if (body.brotli && offered.has('br')) return { body: body.brotli, encoding: 'br' };
  if (body.gzip && offered.has('gzip')) return { body: body.gzip, encoding: 'gzip' };
  return { body: body.plain };
}

/**
 * Reads the files that pages link to into memory, by path. Types not listed are left out, and so is every script but
 * those named: nobody is served what no page runs.
 */
export function readFiles(folder: string, scripts: readonly string[]): Map<string, Ready> {
  const files = new Map<string, Ready>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    if (type.startsWith('text/javascript') && !scripts.includes(path)) continue;
    files.set(path, ready(type, readFileSync(file), 9));
  }
  return files;
}
