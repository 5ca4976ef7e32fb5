import { createServer, type Server, type Socket } from 'node:net';

/** What a mail server took: who it was for, and the message as it came. */
export interface Taken {
  readonly to: string;
  readonly message: string;
}

/** For tests: a mail server on the loopback address that keeps what it takes, or refuses, as it is told to. */
export interface SmtpSink {
  readonly url: string;
  readonly taken: Taken[];
  /** A reply such as `451 try later` to every message from now on; undefined takes them. */
  refuse: string | undefined;
  close(): Promise<void>;
}

/** Starts a sink on a port of the system's choice; it speaks as much of RFC 5321 as a client needs to hand in mail. */
export async function smtpSink(): Promise<SmtpSink> {
  const open = new Set<Socket>();
  const sink = { taken: [] as Taken[], refuse: undefined as string | undefined };
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => {});
    talk(socket, sink);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(sink, {
    url: `smtp://127.0.0.1:${portOf(server)}`,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function talk(socket: Socket, sink: { taken: Taken[]; refuse: string | undefined }): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let [pending, to, message] = ['', '', undefined as string | undefined];
  say('220 sink.example');
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (pending + chunk).split('\r\n');
    pending = lines.pop()!;
    for (const line of lines) {
      if (message !== undefined) {
        if (line !== '.') message += `${line.replace(/^\./, '')}\n`;
        else {
          if (sink.refuse === undefined) sink.taken.push({ to, message });
          say(sink.refuse ?? '250 taken');
          message = undefined;
        }
      } else if (/^RCPT TO:/i.test(line)) {
        to = /<(.*)>/.exec(line)?.[1] ?? '';
        say('250 yes');
      } else if (/^DATA/i.test(line)) {
        message = '';
        say('354 go on');
      } else if (/^QUIT/i.test(line)) {
        say('221 bye');
        socket.end();
      } else say('250 yes');
    }
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
