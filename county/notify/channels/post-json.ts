import { errorCodeOf } from '../../../runtime/error-code.js';
import { openPool } from '../../../runtime/http/open-pool.js';
import { readBody } from '../../../runtime/http/read-body.js';

/** What came back. */
export type PostAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: string };

export interface PostingTo {
  /** @param target path and query. Never rejects. */
  post(target: string, body: string, headers?: Readonly<Record<string, string>>): Promise<PostAnswer>;
  close(): Promise<void>;
}

const CONNECT_MS = 5000;
const ANSWER_MS = 10_000;
const MOST_BYTES = 64 * 1024;

/** Posts to one origin, over a new connection each time: there is minutes between messages. Redirects are not followed. */
export function openPosting(origin: string): PostingTo {
  const pool = openPool(origin, { connectTimeoutMs: CONNECT_MS });
  return {
    post: async (target, body, headers = {}) => {
      try {
        const answer = await pool.fresh.request({
          path: target,
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
          body,
          signal: AbortSignal.timeout(ANSWER_MS),
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
