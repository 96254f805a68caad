import { Numbered } from '../churn/numbered.js';
import { errorCodeOf } from '../error-code.js';

/** The other side of a channel between two processes or threads, whose messages arrive whole and in order. */
export interface Channel {
  send(message: unknown): void;
  /** @returns what stops listening. */
  onMessage(take: (message: unknown) => void): () => void;
}

/** The other side could not answer, or is gone. */
export class TalkFailed extends Error {
  override readonly name = 'TalkFailed';
  /** Of the error on the other side, such as `ENOSPC`; empty when it had none. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Questions by name, and what they are answered. What is asked and answered crosses as JSON. */
type Contract<C> = { readonly [K in keyof C]: (...given: never[]) => Promise<unknown> };

/** A channel on which both sides ask, and each answers what the other asks. */
export interface Talk<C extends Contract<C>> {
  /** @throws {TalkFailed} */
  ask<K extends keyof C & string>(what: K, ...given: Parameters<C[K]>): ReturnType<C[K]>;
  /** Whatever is not answered yet fails: the other side is gone. */
  end(reason: string): void;
}

type Message =
  | { readonly asked: number; readonly what: string; readonly given: readonly unknown[] }
  | { readonly answered: number; readonly answer: unknown }
  | { readonly answered: number; readonly failure: { readonly code: string; readonly message: string } };

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: TalkFailed): void;
}

/** @param own what this side says to the other's questions; what one throws is told there. */
export function openTalk<Own extends Contract<Own>, Others extends Contract<Others>>(
  channel: Channel,
  own: Own,
): Talk<Others> {
  const waiting = new Numbered<Waiting>();
  let ended: string | null = null;
  const answer = async (asked: number, what: string, given: readonly unknown[]): Promise<Message> => {
    try {
      const found = (own as Readonly<Record<string, unknown>>)[what];
      if (typeof found !== 'function')
        throw new TypeError(`Cannot answer: the question must be known, but is ${what}`);
      return { answered: asked, answer: (await found(...given)) ?? null };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { answered: asked, failure: { code: errorCodeOf(error) ?? '', message } };
    }
  };
  const stop = channel.onMessage(async (said) => {
    const message = said as Message;
    if ('asked' in message) {
      const reply = await answer(message.asked, message.what, message.given);
      if (ended === null) channel.send(reply);
      return;
    }
    const asking = waiting.take(message.answered);
    if ('failure' in message) asking?.reject(new TalkFailed(message.failure.code, message.failure.message));
    else asking?.resolve(message.answer);
  });
  const ask = (what: string, given: readonly unknown[]): Promise<unknown> => {
    if (ended !== null) return Promise.reject(new TalkFailed('', ended));
    return new Promise((resolve, reject) => {
      const asked = waiting.add({ resolve, reject });
      channel.send({ asked, what, given } satisfies Message);
    });
  };
  return {
    ask: ((what: string, ...given: readonly unknown[]) => ask(what, given)) as unknown as Talk<Others>['ask'],
    end: (reason) => {
      ended ??= reason;
      stop();
      for (const { reject } of waiting.takeAll()) reject(new TalkFailed('', reason));
    },
  };
}
