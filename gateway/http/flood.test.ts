import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { documentIdOf } from '../execute/document-id.js';
import { openGraph } from '../testing/open-graph.js';
import { openServer } from '../testing/open-server.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const PARTS = {
  shop: {
    sdl: 'type Query { row(id: ID): Row } type Row { id: ID name: String size: Int }',
    resolvers: { Query: { row: (_: unknown, { id }: { id: string }) => ({ id, name: 'n', size: 1 }) } },
  },
};
const KNOWN = '{ row(id: "known") { id name } }';
const REGISTERED = 'query Registered { row(id: "registered") { id size } }';
const SELECTIONS = Array.from({ length: 25 }, (_, number) => `f${number}: name`).join(' ');
const newDocument = (number: number): string => `{ row(id: "${number}") { id size ${SELECTIONS} } }`;

describe('a flood of new documents', () => {
  it('leaves compiled what is known, and memory bounded', async () => {
    const { executor, observer } = await openGraph(PARTS);
    const { app, stop } = await openServer(
      { executor, observer },
      {
        limits: { rate: 100_000, burst: 100_000, aliases: 100 },
        operations: [registered(REGISTERED)],
      },
    );
    const ask = async (query: string) => {
      const { statusCode, body } = await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { host: 'x', 'content-type': 'application/json' },
        payload: { query },
      });
      expect([statusCode, JSON.parse(body).errors]).toEqual([200, undefined]);
    };
    for (let time = 0; time < 3; time++) await ask(KNOWN);
    await ask(REGISTERED);
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let number = 0; number < 2000; number++) await ask(newDocument(number));
    observer.requests.length = 0;
    observer.plans.length = 0;
    observer.subgraphCalls.length = 0;
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024);
    await ask(KNOWN);
    await ask(REGISTERED);
    expect(observer.plans.map(({ cached }) => cached)).toEqual([true, true]);
    const kept = executor.asked().map(({ query }) => query);
    expect(kept).toEqual(expect.arrayContaining([KNOWN, REGISTERED, newDocument(1999)]));
    expect(kept).not.toContain(newDocument(0));
    await stop(0);
    await executor.close();
  }, 180_000);
});

function registered(query: string) {
  const document = parse(query);
  const [operation] = document.definitions.filter(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) throw new Error('no operation');
  return { name: 'registered', hash: documentIdOf(query), query, document, operation };
}
