import type { IncomingHttpHeaders } from 'node:http';

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'];

/**
 * Whether a request comes from this machine itself: by nobody's proxy, and under this machine's own name, since a
 * foreign page may point another name at it.
 */
export function isThisMachine(remoteAddress: string | undefined, headers: IncomingHttpHeaders): boolean {
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false;
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  return isLoopbackAddress(remoteAddress ?? '') && (host === 'localhost' || isLoopbackAddress(host));
}

function isLoopbackAddress(address: string): boolean {
  return /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^(?:::1|\[::1\])$/.test(address);
}
