import type { IncomingMessage } from 'node:http';

/**
 * Whose share of the gateway a request takes, before it is known who asks: what it brings along to prove that, or the address
 * that it comes from. Whoever makes credentials up is turned away before he takes a place.
 */
export function placeOf({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): string {
  const { authorization } = headers;
  if (authorization !== undefined) return authorization;
  const key = headers['x-api-key'];
  return typeof key === 'string' ? key : (socket.remoteAddress ?? '');
}
