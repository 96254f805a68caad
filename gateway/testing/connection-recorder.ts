import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

/**
 * Preloaded (`--import`) into a process under test: writes the target of every connection, datagram and name
 * look-up to the file named by `RECORDED_CONNECTIONS`, one JSON text per line. `tls`, `http`, `https`, `http2`,
 * `fetch` and undici all connect through `net.Socket`.
 */
const file = process.env.RECORDED_CONNECTIONS ?? '';
const record = (kind: string, target: string): void =>
  appendFileSync(file, `${JSON.stringify({ kind, target })}\n`);

type Call = (this: unknown, ...args: unknown[]) => unknown;

function watch(owner: object, name: string, targetOf: (args: readonly unknown[]) => string): void {
  const original = Reflect.get(owner, name) as Call;
  const watched: Call = function (...args) {
    record(name, targetOf(args));
    return Reflect.apply(original, this, args);
  };
  Reflect.set(owner, name, watched);
}

/** `net.Socket.prototype.connect` takes options, a path, or port and host, or all that in one list. */
function connectTarget(args: readonly unknown[]): string {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) {
    const { path, host, port } = first as { path?: string; host?: string; port?: number | string };
    return path ?? `${host ?? 'localhost'}:${port}`;
  }
  return typeof second === 'string' ? `${second}:${String(first)}` : `localhost:${String(first)}`;
}

watch(net.Socket.prototype, 'connect', connectTarget);
watch(dgram.Socket.prototype, 'send', (args) =>
  JSON.stringify(args.filter((arg) => typeof arg !== 'object')),
);
watch(dgram.Socket.prototype, 'connect', (args) => String(args[1]));
for (const owner of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveTxt', 'resolveSrv']) {
    if (typeof Reflect.get(owner, name) === 'function') watch(owner, name, (args) => String(args[0]));
  }
}
record('ready', '');
