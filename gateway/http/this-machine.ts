import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../../runtime/listen-address.js';

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'];

/**
 * Whether a request comes from this machine itself: by nobody's proxy, and under this machine's own name, since a
 * foreign page may point another name at it.
 */
export function isThisMachine(remoteAddress: string | undefined, headers: IncomingHttpHeaders): boolean {
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false;
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  return isLoopbackAddress(remoteAddress ?? '') && isLoopbackAddress(host);
}

function isLoopbackAddress(address: string): boolean {
  return address === '[::1]' || isLoopback(address.replace(/^::ffff:(?=127\.)/, ''));
}
