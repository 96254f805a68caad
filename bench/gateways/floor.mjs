// What no gateway in Node can do without: HTTP in and out, and the same calls to subgraphs as ours makes. It knows each answer
// in advance, and looks at none of the replies. node bench/gateways/floor.mjs RECORDINGS
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Pool } from 'undici';

const { origin, recordings } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const pool = new Pool(origin);

/** @type {ReadonlyMap<string, {rounds: {path: string, body: string}[][], answer: Buffer}>} by the request's body */
const known = new Map(
  recordings.map((/** @type {import('./record-calls.mjs').Recording} */ { request, rounds, answer }) => [
    request,
    { rounds, answer: Buffer.from(answer) },
  ]),
);

/** @param {{path: string, body: string}} call @returns {Promise<void>} once the whole reply is there */
function send({ path, body }) {
  return new Promise((resolve, reject) => {
    pool.dispatch(
      { path, method: 'POST', headers: { 'content-type': 'application/json' }, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: () => undefined,
        onResponseEnd: () => resolve(),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}

const TYPENAME = Buffer.from('{"data":{"__typename":"Query"}}');

const server = createServer((request, response) => {
  /** @type {Buffer[]} */
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const text = Buffer.concat(chunks).toString();
    const { rounds, answer } = known.get(text) ?? { rounds: [], answer: TYPENAME };
    for (const round of rounds) await Promise.all(round.map(send));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`GraphQL: http://127.0.0.1:${port}/graphql`);
});
