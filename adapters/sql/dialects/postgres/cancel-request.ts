import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type pg from 'pg';

const CANCEL_REQUEST = 80_877_102;
const SSL_REQUEST = 80_877_103;
const TIMEOUT_MS = 5000;

/** What the server, or the pooler before it, gave the connection to cancel its statements by. */
interface CancelKey {
  readonly processId: number;
  readonly secret: number;
}

export function cancelKeyOf(client: pg.Client): CancelKey | null {
  const { processID: processId, secretKey: secret } = client as unknown as {
    readonly processID?: unknown;
    readonly secretKey?: unknown;
  };
  return typeof processId === 'number' && typeof secret === 'number' ? { processId, secret } : null;
}

/**
 * Asks for the end of what the connection runs, by the protocol's own message: a pooler knows which server runs it,
 * and would send `pg_cancel_backend` of its own made-up number to somebody else. Never fails.
 */
export async function sendCancelRequest(client: pg.Client, { processId, secret }: CancelKey): Promise<void> {
  const { host, port } = client;
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(CANCEL_REQUEST, 4);
  message.writeInt32BE(processId, 8);
  message.writeInt32BE(secret, 12);
  const { ssl } = client as unknown as { readonly ssl?: boolean | object };
  await new Promise<void>((resolve) => {
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.on('connect', () => {
      if (ssl === undefined || ssl === false || host.startsWith('/')) socket.write(message);
      else startTls(socket, host, ssl, message);
    });
    // The server answers nothing and hangs up once it has told the process.
    socket.resume();
  });
}

function startTls(socket: Socket, host: string, ssl: boolean | object, message: Buffer): void {
  const request = Buffer.alloc(8);
  request.writeInt32BE(8, 0);
  request.writeInt32BE(SSL_REQUEST, 4);
  socket.write(request);
  socket.once('data', (answer) => {
    if (answer.toString('latin1', 0, 1) !== 'S') {
      socket.destroy();
      return;
    }
    const secure = connectTls({ servername: host, ...(typeof ssl === 'object' ? ssl : {}), socket });
    secure.on('error', () => socket.destroy());
    secure.on('secureConnect', () => secure.write(message));
    secure.resume();
  });
}
