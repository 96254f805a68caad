import { errorCodeOf } from '../error-code.js';
import { openPool } from './open-pool.js';
import { readBody } from './read-body.js';

/** What came back. */
export type PostAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: string };

export interface PostingTo {
  /** @param target path and query. Never rejects. */
  post(
    target: string,
    body: string | Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ): Promise<PostAnswer>;
  /** Cuts what is still running. */
  close(): Promise<void>;
}

const CONNECT_MS = 5000;
/** From sending to the last byte of the answer. */
const USUAL_ANSWER_MS = 10_000;
const MOST_BYTES = 64 * 1024;

/** Posts to one origin, over a new connection each time: it is seldom. Redirects are not followed. */
export function openPosting(origin: string, answerMs = USUAL_ANSWER_MS): PostingTo {
  const pool = openPool(origin, { connectTimeoutMs: CONNECT_MS });
  return {
    post: async (target, body, headers = {}) => {
      try {
        const answer = await pool.fresh.request({
          path: target,
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
          body,
          signal: AbortSignal.timeout(answerMs),
        });
        const text = (await readBody(answer.body, '', MOST_BYTES)).toString('utf8');
        return { kind: 'answered', status: answer.statusCode, text };
      } catch (error) {
        const { name } = error as Error;
        return { kind: 'failed', reason: errorCodeOf(error) ?? name };
      }
    },
    close: pool.destroy,
  };
}
