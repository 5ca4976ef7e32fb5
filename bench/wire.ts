import { connect, type Socket } from 'node:net';

/**
 * One keep-alive HTTP/1.1 connection (RFC 9112) to this machine that carries one request at a time. Far cheaper than
 * a full client, so that on few processors it is the server that is measured. Knows answers with a Content-Length only.
 */
export class Wire {
  readonly #socket: Socket;
  #heard: Buffer = Buffer.alloc(0);
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#hear(chunk));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('connection closed')));
  }

  static open(port: number): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Wire(socket)));
      socket.once('error', reject);
    });
  }

  /** `who` is the header that says who asks, with its name. */
  ask(method: string, path: string, who: string, body?: string): Promise<Answer> {
    const typed =
      body === undefined
        ? ''
        : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(
        `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${who}\r\n${typed}\r\n${body ?? ''}`,
      );
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #hear(chunk: Buffer): void {
    this.#heard = this.#heard.length === 0 ? chunk : Buffer.concat([this.#heard, chunk]);
    const end = this.#heard.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#heard.toString('latin1', 0, end);
    const status = Number(head.slice(9, 12));
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? (status === 204 ? 0 : Number.NaN));
    if (Number.isNaN(length)) {
      this.#waiting?.reject(new Error(`${status} without a length`));
      this.#socket.destroy();
      return;
    }
    const whole = end + 4 + length;
    if (this.#heard.length < whole) return;
    const text = this.#heard.toString('utf8', end + 4, whole);
    this.#heard = this.#heard.subarray(whole);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve({ status, text });
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}
