import type { Operation } from './queries/forms.js';
import { session } from './session.js';

/** The gateway does not know who asks (401), or does not let him (403). */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly why: 'unknown' | 'forbidden') {
    super(why);
  }
}

/** No answer that can be shown: the gateway is away, too busy, or answers something else. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

const PATIENCE_MS = 15_000;

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message?: string;
    readonly extensions?: { readonly code?: string };
  }[];
}

/**
 * Asks the gateway that the page came from, as whoever sits before it.
 *
 * @param notice told of the first error that stands beside data.
 * @throws {Refused | Unanswered}
 */
export async function ask<Data>(
  { document: query, name, form }: Operation<Data>,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  notice: (text: string) => void = () => undefined,
): Promise<Data> {
  const token = session.token();
  const response = await fetch(new URL('../graphql', document.baseURI), {
    method: 'POST',
    cache: 'no-store',
    credentials: 'omit',
    headers: {
      'content-type': 'application/json',
      // Whoever looks at a page waits longer than a dashboard's poll.
      prefer: 'wait=10',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables, ...(name !== undefined && { operationName: name }) }),
    signal: endingWith(signal),
  }).catch((error: unknown) => {
    throw new Unanswered('', { cause: error });
  });
  if (response.status === 401) throw new Refused('unknown');
  if (response.status === 403) throw new Refused('forbidden');
  const { data = null, errors = [] } = await readAnswer(response);
  if (data === null) {
    if (errors.some(({ extensions }) => extensions?.code === 'FORBIDDEN')) throw new Refused('forbidden');
    throw new Unanswered(errors[0]?.message ?? `HTTP ${response.status}`);
  }
  const read = form.safeParse(data);
  if (!read.success) throw new Unanswered(`${read.error.issues[0]?.path.join('.')}`);
  if (errors[0]?.message !== undefined) notice(errors[0].message);
  return read.data;
}

/** Aborts with the other, or when nobody waits any longer. */
function endingWith(signal: AbortSignal): AbortSignal {
  const own = new AbortController();
  signal.addEventListener('abort', () => own.abort(), { once: true });
  setTimeout(() => own.abort(), PATIENCE_MS);
  return own.signal;
}

async function readAnswer(response: Response): Promise<Answer> {
  try {
    const answer: unknown = await response.json();
    return typeof answer === 'object' && answer !== null ? answer : {};
  } catch (error) {
    throw new Unanswered(`HTTP ${response.status}`, { cause: error });
  }
}
