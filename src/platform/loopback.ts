import { request } from 'node:http';

/** How long this machine may take to answer itself, in milliseconds. */
const PATIENCE = 10_000;
/** A page is some tens of kilobytes; whatever is far larger is not one. */
const MOST_BYTES = 8_000_000;

/**
 * Asks this very machine for a page, as a visitor of `host` would: goes to an address of our own and nowhere else,
 * whatever the host's name leads to. Status 0 and no text where nothing answered in time.
 */
export function ownPage(
  at: { readonly address: string; readonly port: number },
  host: string,
  path: string,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const nothing = () => resolve({ status: 0, text: '' });
    const asked = request(
      { host: at.address, port: at.port, path, headers: { host }, timeout: PATIENCE, agent: false },
      (answer) => {
        const pieces: Buffer[] = [];
        let bytes = 0;
        answer.on('data', (piece: Buffer) => {
          bytes += piece.length;
          if (bytes > MOST_BYTES) asked.destroy();
          else pieces.push(piece);
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString('utf8') }),
        );
        answer.on('close', nothing);
      },
    );
    asked.on('timeout', () => asked.destroy());
    asked.on('error', nothing);
    asked.end();
  });
}

/** Where a server that listens on `host` can be reached from this machine. */
export function ownAddress(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
