import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AnsweredInterface } from '../execute/answer-coverage.js';
import type { ExecutedAnswer } from '../execute/executor.js';
import { answerBody } from './answer-text.js';
import type { SharedTags } from './shared-tags.js';

/** What is known of every interface now, by name; null when nobody has looked for too long. */
export type StandingReader = () => ReadonlyMap<string, Pick<AnsweredInterface, 'state' | 'asOf'>> | null;

/** An answer for whoever polls, and the tag by which it is known again. */
export interface KeptAnswer {
  readonly body: Buffer;
  readonly etag: string;
  /** What the operation was estimated to cost. */
  readonly cost: number | undefined;
}

/** Answers that pollers ask for again. */
export interface KeptAnswers {
  /** Null when there is none, or something under it has changed since. */
  find(key: string): KeptAnswer | null;
  /**
   * An answer that another machine has given, for a caller who has it still: it has no body. Null when there is none, nobody shares, or something
   * under it has changed since.
   *
   * @param header `If-None-Match`.
   */
  findElsewhere(key: string, header: string | undefined): Promise<KeptAnswer | null>;
  /** Keeps an answer that rests on interfaces that tell when they change; null: it is none such. */
  keep(key: string, answer: ExecutedAnswer): KeptAnswer | null;
}

/** Of all kept answers together, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024;
/**
 * Not every change moves a watermark, deletions do not: an answer is not given again when it is older. Milliseconds.
 */
export const MAX_AGE_MS = 60_000;
const NO_BODY = Buffer.alloc(0);

interface Entry extends KeptAnswer {
  readonly interfaces: readonly AnsweredInterface[];
}

/** @param shared with other machines. Absent: there are none. */
export function createKeptAnswers(standing: StandingReader, shared?: SharedTags): KeptAnswers {
  const entries = new LRUCache<string, Entry>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ body }, key) => body.byteLength + key.length,
    ttl: MAX_AGE_MS,
  });
  return {
    find: (key) => {
      const entry = entries.get(key);
      if (entry === undefined) return null;
      const now = standing();
      if (now !== null && entry.interfaces.every((one) => isUnchanged(one, now))) return entry;
      entries.delete(key);
      return null;
    },
    findElsewhere: async (key, header) => {
      const found = (await shared?.find(key, tagsIn(header))) ?? null;
      const now = standing();
      if (found === null || now === null) return null;
      const isSame = found.interfaces.every((one) => isUnchanged({ ...one, state: 'LIVE' }, now));
      return isSame ? { ...found, body: NO_BODY } : null;
    },
    keep: (key, answer) => {
      const { coverage, isTold, errors } = answer;
      const now = standing();
      if (coverage === null || !isTold || errors.length > 0 || now === null) return null;
      const { interfaces } = coverage;
      // What changed while the answer was made may be in it or not.
      if (!interfaces.every((one) => isUnchanged(one, now))) return null;
      // A copy: what a subgraph sent may be a small part of a larger piece of memory.
      const body = Buffer.from(answerBody(answer));
      const entry = { body, etag: tagOf(body), cost: answer.cost, interfaces };
      entries.set(key, entry);
      shared?.keep(key, entry);
      return entry;
    },
  };
}

function isUnchanged(
  { interface: name, state, asOf }: Pick<AnsweredInterface, 'interface' | 'state' | 'asOf'>,
  now: ReadonlyMap<string, Pick<AnsweredInterface, 'state' | 'asOf'>>,
): boolean {
  const known = now.get(name);
  return state === 'LIVE' && asOf !== null && known?.state === 'LIVE' && known.asOf === asOf;
}

function tagOf(body: Buffer): string {
  return `"${createHash('sha1').update(body).digest('base64url')}"`;
}

/** Whether `If-None-Match` names the tag; weak tags count, as RFC 9110 §13.1.2 has it. */
export function namesTag(header: string | undefined, etag: string): boolean {
  return tagsIn(header).includes(etag);
}

function tagsIn(header = ''): readonly string[] {
  return header.split(',').map((one) => one.trim().replace(/^W\//, ''));
}
