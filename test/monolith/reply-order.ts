import { setImmediate } from 'node:timers/promises';
import type { Random } from '../../demo/random.js';
import type { Ports } from './graph-under-test.js';

const MAX_TURNS = 6;

/** In which order subgraphs reply: every reply is held back for a drawn number of turns of the event loop. */
export class ReplyOrder {
  #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The replies from now on come in another order. */
  draw(random: Random): void {
    this.#random = random;
  }

  async linger(): Promise<void> {
    const turns = this.#random.int(0, MAX_TURNS);
    if (turns === MAX_TURNS) await Promise.resolve();
    else for (let turn = 0; turn < turns; turn++) await setImmediate();
  }

  over(ports: Ports): Ports {
    return new Map(
      [...ports].map(([name, port]) => [
        name,
        {
          ...port,
          execute: async (request, context) => {
            await this.linger();
            const reply = await port.execute(request, context);
            await this.linger();
            return reply;
          },
        },
      ]),
    );
  }
}
