import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** A body ready to send, in the encodings worth having. `etag` is quoted, as RFC 9110 writes it. */
export interface Ready {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  /** The body in each encoding that makes it smaller: compressed when it is first asked for, and kept. */
  readonly encodings: Readonly<Partial<Record<Encoding, () => Buffer>>>;
}

type Encoding = 'br' | 'gzip';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** What will be sent many times, and compressed once. */
export function ready(type: string, plain: Buffer, quality: number): Ready {
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  if (!/^text\/|svg/.test(type)) return { type, etag, plain, encodings: {} };
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
  return {
    type,
    etag,
    plain,
    encodings: {
      br: once(() => brotliCompressSync(plain, { params })),
      gzip: once(() => gzipSync(plain)),
    },
  };
}

function once(make: () => Buffer): () => Buffer {
  let made: Buffer | undefined;
  return () => (made ??= make());
}

/** Picks the smallest encoding that the browser's `accept-encoding` allows. */
export function encoded(body: Ready, accept: string | undefined): { body: Buffer; encoding?: Encoding } {
  const offered = new Set((accept ?? '').split(',').map((each) => each.trim().split(';')[0]));
  for (const encoding of ['br', 'gzip'] as const) {
    const made = offered.has(encoding) ? body.encodings[encoding]?.() : undefined;
    if (made !== undefined) return { body: made, encoding };
  }
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
