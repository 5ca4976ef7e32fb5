import type { FastifyInstance } from 'fastify';

type Server = FastifyInstance['server'];
type Asked = Parameters<FastifyInstance['routing']>;

/** A site that answers, and how many it is answering. */
interface Turn {
  readonly site: FastifyInstance;
  open: number;
  /** Called when the last answer is given. */
  idle?: () => void;
}

/** Longest that the last answers of a site are waited for, in milliseconds: as long as a request may take to be sent. */
const PATIENCE = 30_000;

/**
 * The listening server, and the site behind it, which can be exchanged for another without a connection being refused:
 * requests that have begun are answered by the site they came to, later ones by the next.
 */
export class Door {
  readonly #server: Server;
  #turn: Turn;

  /** Takes over the server of a site that listens. */
  constructor(listening: FastifyInstance) {
    this.#server = listening.server;
    this.#turn = { site: listening, open: 0 };
    for (const listener of this.#server.listeners('request'))
      this.#server.off('request', listener as (...asked: Asked) => void);
    this.#server.on('request', (...asked: Asked) => this.#answer(...asked));
  }

  /** Puts another site, which is ready, in place of the present one; answers when that has given its last answer. */
  async exchange(site: FastifyInstance): Promise<void> {
    const old = this.#turn;
    this.#turn = { site, open: 0 };
    if (old.open === 0) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, PATIENCE).unref();
      old.idle = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }

  #answer(...[request, response]: Asked): void {
    const turn = this.#turn;
    turn.open += 1;
    response.once('close', () => {
      turn.open -= 1;
      if (turn.open === 0) turn.idle?.();
    });
    turn.site.routing(request, response);
  }
}
