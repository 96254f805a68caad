import { CommandFailure, EXIT } from '../../exit-code.js';
import type { AskedGateway } from '../../verbs/asked-gateway.js';
import { postToGateway, unanswered } from '../post-to-gateway.js';

/** A gateway may be busy, and a pause looks at all sources before it is answered. */
const PATIENCE_MS = 30_000;

/** A county below, or a department's process, looks at its sources before it says that something is done. */
const PREFER = 'wait=25';

interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message?: unknown;
    readonly extensions?: { readonly code?: unknown };
  }[];
}

/**
 * Asks a running gateway.
 *
 * @param notice told of each error that stands beside data. Default: such an answer is none.
 * @returns `data` of the answer, of the form that the query asks for.
 * @throws {CommandFailure} when there is none.
 */
export async function askGateway<Data>(
  { url, token }: AskedGateway,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  notice?: (line: string) => void,
): Promise<Data> {
  const { status, text } = await send(
    new URL('/graphql', url),
    { query, variables },
    { prefer: PREFER, ...(token !== null && { authorization: `Bearer ${token.reveal()}` }) },
  );
  const { data, errors = [] } = read(text);
  const lines = errors.map(({ message, extensions }) => `${extensions?.code}: ${message}`);
  const isWhole = errors.length === 0 && data !== undefined;
  const isPart = notice !== undefined && data !== undefined && data !== null;
  if (status === 200 && (isWhole || isPart)) {
    for (const line of lines) notice?.(line);
    return data as Data;
  }
  const told = lines.length > 0 ? lines.join('\n') : `${url.origin}: HTTP ${status}`;
  throw new CommandFailure(
    status >= 500 || status === 429 ? EXIT.unreachable : EXIT.usage,
    `网关拒绝了请求。The gateway refused: ${told}`,
  );
}

async function send(service: URL, asked: object, headers: Record<string, string>) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const { statusCode, body } = await postToGateway(service, asked, { headers, action: 'ask', signal });
  try {
    return { status: statusCode, text: await body.text() };
  } catch (error) {
    throw unanswered(service, 'ask', error);
  }
}

function read(text: string): Answered {
  try {
    return JSON.parse(text) as Answered;
  } catch {
    return {};
  }
}
