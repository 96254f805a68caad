import { isIP } from 'node:net';

export interface ListenAddress {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** What was asked for is no address to listen on. */
export class AddressInvalid extends Error {
  override readonly name = 'AddressInvalid';
}

/**
 * Reads where to listen: what is given, else `HOST` and `PORT`, else the defaults.
 *
 * @throws {AddressInvalid}
 */
export function decodeListenAddress(
  given: { readonly host?: string | undefined; readonly port?: string | undefined },
  environment: NodeJS.ProcessEnv,
  defaults: ListenAddress,
): ListenAddress {
  const host = given.host ?? (environment.HOST || defaults.host);
  const port = given.port ?? (environment.PORT || undefined);
  if (!/^[A-Za-z0-9.:_-]+$/.test(host)) {
    throw new AddressInvalid(
      `监听地址应为主机名或 IP 地址。Cannot listen: the host must be a name or an IP address, but is ${JSON.stringify(host)}.`,
    );
  }
  return { host, port: port === undefined ? defaults.port : decodePort(port) };
}

/** Whether only this machine can reach the host. Names other than `localhost` count as reachable. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

function decodePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new AddressInvalid(
    `端口应为 0 至 65535 的整数。Cannot listen: the port must be a whole number from 0 to 65535, but is ${JSON.stringify(text)}.`,
  );
}
