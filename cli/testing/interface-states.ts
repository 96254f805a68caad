import type { Serving } from './temporary-project.js';

interface Covered {
  readonly data: {
    readonly inspections: {
      readonly coverage: readonly { readonly state: string; readonly reason: string | null }[];
    };
  };
}

/** So many requests reach each process of a machine. */
const REQUESTS = 4;

/** What requests to a machine are told of an interface of inspections, in each of its processes: `LIVE`, `STALE`, or why it is missing. */
export async function interfaceStates(
  { url }: Pick<Serving, 'url'>,
  name: string,
  token: string | undefined,
): Promise<readonly (string | undefined)[]> {
  const found = [];
  for (let time = 0; time < REQUESTS; time += 1) {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        prefer: 'wait=20',
        authorization: `Bearer ${token}`,
        // So that the next one goes to another worker.
        connection: 'close',
      },
      body: JSON.stringify({
        query: `{ inspections(where: {interface: ["${name}"]}, first: 1) { nodes { id } coverage { state reason } } }`,
      }),
    });
    const { data } = (await response.json()) as Covered;
    const [one] = data.inspections.coverage;
    found.push(one?.state === 'MISSING' ? one.reason?.split(':')[0] : one?.state);
  }
  return [...new Set(found)];
}
