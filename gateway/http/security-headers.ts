import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';

/** What every answer says to a browser: it is data, to be read by whoever asked for it alone. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Half a year. */
const TRANSPORT_SECURITY = 'max-age=15552000';

/** Of a request over TLS, here or at the proxy before us; null: a browser must not hold on to TLS that there is not. */
export function transportSecurity({ socket, headers }: IncomingMessage): string | null {
  const isSecure =
    (socket as Partial<TLSSocket>).encrypted === true || headers['x-forwarded-proto'] === 'https';
  return isSecure ? TRANSPORT_SECURITY : null;
}
