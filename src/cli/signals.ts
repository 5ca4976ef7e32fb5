/** Ctrl-C reaches a program twice when whoever started it, such as npm, passes it on: for so long that is one wish. */
const ONE_WISH_MS = 1000;

/** Resolves at the first SIGINT or SIGTERM; one that comes more than a second later ends the process at once. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (signal: NodeJS.Signals) => {
      if (first === undefined) {
        first = performance.now();
        resolve(signal);
      } else if (performance.now() - first > ONE_WISH_MS) process.exit(1);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
