import { createHmac } from 'node:crypto';
import type { Secret } from '../../../runtime/config/secret.js';
import { openPosting } from '../../../runtime/http/post-json.js';
import type { Channel } from './channel.js';

const TOO_MANY = 429;

/**
 * Posts JSON. `x-signature: sha256=<hex>` is the HMAC-SHA256 of `<x-timestamp>.<body>`, `x-timestamp` milliseconds of this
 * machine's clock, `x-message-id` the same whenever the same is sent again.
 */
export function openWebhook({ url, secret }: { readonly url: string; readonly secret: Secret }): Channel {
  const { origin, pathname, search } = new URL(url);
  const posting = openPosting(origin);
  return {
    send: async ({ id, title, markdown, facts }) => {
      const body = JSON.stringify({ id, title, text: markdown, ...facts });
      const timestamp = String(Date.now());
      const answer = await posting.post(`${pathname}${search}`, body, {
        'x-timestamp': timestamp,
        'x-message-id': id,
        'x-signature': `sha256=${createHmac('sha256', secret.reveal()).update(`${timestamp}.${body}`).digest('hex')}`,
      });
      if (answer.kind === 'failed') return { ...answer, pauseMs: null };
      const { status } = answer;
      if (status >= 200 && status < 300) return { kind: 'taken' };
      return { kind: 'failed', reason: `HTTP ${status}`, pauseMs: status === TOO_MANY ? 60_000 : null };
    },
    close: posting.close,
  };
}
