import type { Readable } from 'node:stream';
import { request } from 'undici';
import { CommandFailure, EXIT } from '../exit-code.js';
import type { ExportOptions } from '../verbs/verb-bodies.js';
import { postToGateway } from './post-to-gateway.js';

/** How an export stands, as the gateway tells. */
export interface Standing {
  readonly state: string;
  readonly rows: number;
  readonly cursor: string | null;
  readonly waitingFor: readonly string[];
  readonly missing: readonly { readonly name: string; readonly of: string; readonly reason: string }[];
  readonly late: readonly string[];
}

/** An export that a gateway has begun. */
export interface RunningExport {
  readonly body: Readable;
  /** Null when the gateway cannot be asked. */
  standing(): Promise<Standing | null>;
  /** Whether an error is one of the connection. */
  isBroken(error: unknown): boolean;
}

/** @throws {CommandFailure} when the gateway is not there, or refuses. */
export async function requestExport(options: ExportOptions, query: string): Promise<RunningExport> {
  const { url, variables, operationName, format, charset, after } = options;
  const service = new URL('/export', url);
  const asked = {
    query,
    variables,
    format,
    ...(operationName !== null && { operationName }),
    ...(format === 'csv' && { charset }),
    ...(after !== null && { after }),
  };
  const identity = identityOf(options);
  const { statusCode, headers, body } = await postToGateway(service, asked, {
    headers: identity,
    action: 'export',
    // An export ends when it ends.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  if (statusCode !== 200) throw refused(statusCode, await body.text(), service);
  const status = new URL(String(headers['x-export-status'] ?? '/'), service);
  let broken: unknown = null;
  body.once('error', (error) => {
    broken = error;
  });
  return {
    body,
    standing: () => readStanding(status, identity),
    isBroken: (error) => error === broken,
  };
}

/** Headers that say who exports, and for which legal matter. */
function identityOf({ token, purpose }: ExportOptions): Record<string, string> {
  return {
    ...(token !== null && { authorization: `Bearer ${token.reveal()}` }),
    ...(purpose !== null && { 'x-purpose': encodeURIComponent(purpose) }),
  };
}

interface RefusalText {
  readonly errors?: readonly {
    readonly message?: unknown;
    readonly extensions?: { readonly code?: unknown };
  }[];
}

function refused(statusCode: number, text: string, service: URL): CommandFailure {
  const lines = readErrors(text).map(({ message, extensions }) => `${extensions?.code}: ${message}`);
  const told = lines.length > 0 ? lines.join('\n') : `${service.href}: HTTP ${statusCode}`;
  const exitCode = statusCode >= 500 ? EXIT.unreachable : EXIT.usage;
  return new CommandFailure(exitCode, `无法导出。Cannot export: ${told}`);
}

function readErrors(text: string): NonNullable<RefusalText['errors']> {
  try {
    return (JSON.parse(text) as RefusalText).errors ?? [];
  } catch {
    return [];
  }
}

async function readStanding(status: URL, headers: Record<string, string>): Promise<Standing | null> {
  try {
    const { statusCode, body } = await request(status, { headers, headersTimeout: 5000, bodyTimeout: 5000 });
    const read = await body.text();
    return statusCode === 200 ? (JSON.parse(read) as Standing) : null;
  } catch {
    return null;
  }
}
