import type { Touched } from '../execute/project/count-touched.js';
import type { AnswerBytes } from './answer-bytes.js';
import type { Doubt } from './doubt.js';

/** A reply as it came, decompressed. Nobody changes it: others may have it, too. */
export interface ReplyBytes {
  readonly chunks: readonly Buffer[];
  /** All of it. */
  readonly bytes: Buffer;
}

/** What is asked of a subgraph about entities. */
export interface AskedEntities {
  /** Its record; 0: fields of the root are asked for. */
  readonly record: number;
  /** How many entities. */
  readonly count: number;
  /** All variables as JSON. */
  readonly variables: Buffer;
}

/** A reply that was read and is not taken yet. */
export interface ReadReply {
  /** Record of its `data`. */
  readonly record: number;
  /** As the reply has them; undefined: it has none. */
  readonly extensions: unknown;
}

export interface WrittenAnswer {
  readonly data: AnswerBytes;
  /** For the audit. */
  readonly touched: () => Touched;
}

/**
 * Carries one answer over bytes, from the replies of its plan. Each step gives null when it is in doubt: then the objects go on, with the
 * replies so far and those to come, and `doubt` says why.
 */
export interface Carriage {
  /** @param ready places of groups in the plan. @param behind what stands behind the representations: the caller's variables. */
  ask(request: number, ready: readonly number[], behind: Buffer): AskedEntities | null;
  /** Reads a reply to a request; it counts when it is taken. */
  read(request: number, reply: ReplyBytes): ReadReply | null;
  /** Adds a reply to what is known. @param asked null: fields of the root. */
  take(reply: ReadReply, asked: AskedEntities | null): true | null;
  write(): WrittenAnswer | null;
  readonly doubt: Doubt | 'failed' | null;
  /** Gives its memory back. Nothing may be asked of it afterwards but this. */
  free(): void;
}
