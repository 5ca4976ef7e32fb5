/** PostgreSQL's COPY as streams over `pg`, both ways: what is in memory is a block or two, whatever the table's size. */
import { once } from 'node:events';
import { type Duplex, Readable } from 'node:stream';
import type { ClientBase } from 'pg';

/** What `pg` hands to a query of one's own: its connection, as far as COPY needs it. */
interface Wire {
  readonly stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** Rows come one a message, which is far too little for a stream's step: they are gathered into blocks. */
const BLOCK = 1 << 16;

const rowsOf = ({ text }: { text: string }) => Number(/^COPY (\d+)$/.exec(text)?.[1] ?? 0);

/** Begins a `COPY … TO STDOUT` on a connection that does nothing else meanwhile. */
export function copyOut(client: ClientBase, sql: string): CopyOut {
  const copy = new CopyOut(sql);
  client.query(copy as unknown as Parameters<ClientBase['query']>[0]);
  return copy;
}

/** The rows of a `COPY … TO STDOUT`, as bytes. The socket waits while nobody reads. */
class CopyOut extends Readable {
  /** Rows so far; all of them at the end of the stream. */
  rows = 0;
  readonly #sql: string;
  #wire: Wire | undefined;
  #block = Buffer.allocUnsafe(BLOCK);
  #filled = 0;

  constructor(sql: string) {
    super({ highWaterMark: 4 * BLOCK });
    this.#sql = sql;
  }

  submit(wire: Wire): void {
    this.#wire = wire;
    wire.query(this.#sql);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.rows += 1;
    // The driver's buffer is used again, so what stands in it is copied.
    for (let at = 0; at < chunk.length; ) {
      const taken = chunk.copy(this.#block, this.#filled, at);
      this.#filled += taken;
      at += taken;
      if (this.#filled === BLOCK) this.#pass();
    }
  }

  handleCommandComplete(message: { text: string }): void {
    this.rows = rowsOf(message);
  }

  handleReadyForQuery(): void {
    this.#pass();
    if (!this.destroyed) this.push(null);
  }

  handleError(error: Error): void {
    this.destroy(error);
  }

  override _read(): void {
    this.#wire?.stream.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // Whoever stopped reading lets the rest come and go, or the connection would never be free again.
    this.#wire?.stream.resume();
    done(error);
  }

  #pass(): void {
    if (this.#filled === 0 || this.destroyed) {
      this.#filled = 0;
      return;
    }
    const block = this.#block.subarray(0, this.#filled);
    this.#block = Buffer.allocUnsafe(BLOCK);
    this.#filled = 0;
    if (!this.push(block)) this.#wire?.stream.pause();
  }
}

/**
 * Feeds `source` to a `COPY … FROM STDIN` and answers with the number of rows. When the source fails, the copy does, with the
 * source's own error; the transaction it stands in is then void.
 */
export function copyIn(client: ClientBase, sql: string, source: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    let cause: unknown;
    let rows = 0;
    const pump = async (wire: Wire) => {
      try {
        for await (const chunk of source) {
          wire.sendCopyFromChunk(chunk);
          if (wire.stream.writableNeedDrain) await once(wire.stream, 'drain', { signal: over.signal });
          if (over.signal.aborted) return;
        }
        wire.endCopyFrom();
      } catch (error) {
        if (over.signal.aborted) return;
        cause = error;
        wire.sendCopyFail('the source failed');
      }
    };
    const query = {
      submit: (wire: Wire) => wire.query(sql),
      handleCopyInResponse: (wire: Wire) => void pump(wire),
      handleCommandComplete: (message: { text: string }) => {
        rows = rowsOf(message);
      },
      handleReadyForQuery: () => resolve(rows),
      handleError: (error: Error) => {
        over.abort();
        reject(cause ?? error);
      },
    };
    client.query(query as unknown as Parameters<ClientBase['query']>[0]);
  });
}
