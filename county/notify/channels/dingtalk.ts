import { createHmac } from 'node:crypto';
import type { Secret } from '../../../runtime/config/secret.js';
import { openPosting } from '../../../runtime/http/post-json.js';
import type { Channel, Delivery } from './channel.js';

interface Robot {
  /** Without the token: `https://oapi.dingtalk.com/robot/send`. */
  readonly url: string;
  readonly token: Secret;
  readonly secret: Secret;
}

/** Sent too fast; the robot then refuses for ten minutes. */
const TOO_FAST = 130_101;
const TOO_FAST_PAUSE_MS = 10 * 60_000;

/** A custom robot of 钉钉 or 浙政钉 whose security is 加签. It answers 200 to whatever it refuses, with an `errcode`. */
export function openDingtalk({ url, token, secret }: Robot): Channel {
  const { origin, pathname, searchParams } = new URL(url);
  const posting = openPosting(origin);
  return {
    send: async ({ title, markdown }) => {
      // The robot compares it with its own clock, not with the county's.
      const timestamp = Date.now();
      const query = new URLSearchParams(searchParams);
      query.set('access_token', token.reveal());
      query.set('timestamp', String(timestamp));
      query.set('sign', signOf(timestamp, secret));
      const body = JSON.stringify({ msgtype: 'markdown', markdown: { title, text: markdown } });
      const answer = await posting.post(`${pathname}?${query}`, body);
      if (answer.kind === 'failed') return { ...answer, pauseMs: null };
      return deliveryOf(answer.status, answer.text);
    },
    close: posting.close,
  };
}

/**
 * The sign of a moment, before it is encoded for a URL: Base64 of the HMAC-SHA256 of `<timestamp>\n<secret>` with the secret as
 * its key.
 *
 * @param timestamp epoch milliseconds; the robot refuses what is an hour off.
 */
export function signOf(timestamp: number, secret: Secret): string {
  const key = secret.reveal();
  return createHmac('sha256', key).update(`${timestamp}\n${key}`).digest('base64');
}

function deliveryOf(status: number, text: string): Delivery {
  if (status !== 200) return { kind: 'failed', reason: `HTTP ${status}`, pauseMs: null };
  const code = codeIn(text);
  if (code === 0) return { kind: 'taken' };
  const reason = code === null ? 'no errcode' : `errcode ${code}`;
  return { kind: 'failed', reason, pauseMs: code === TOO_FAST ? TOO_FAST_PAUSE_MS : null };
}

function codeIn(text: string): number | null {
  try {
    const { errcode } = JSON.parse(text) as { readonly errcode?: unknown };
    return typeof errcode === 'number' ? errcode : null;
  } catch {
    return null;
  }
}
