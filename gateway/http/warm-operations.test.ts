import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRulesByKey } from '../access/rules-by-key.js';
import type { Executor } from '../execute/executor.js';
import { namedAccess } from '../testing/named-access.js';
import { openGraph } from '../testing/open-graph.js';
import { openServer } from '../testing/open-server.js';
import type { RecordingObserver } from '../testing/recording-observer.js';
import { createDocumentStore } from './document-store.js';
import { readOperations } from './registered/read-operations.js';
import { DEFAULT_LIMITS } from './request-limits.js';
import { registeredFirst, warmOperations } from './warm-operations.js';

const PARTS = {
  shop: {
    sdl: 'type Query { row(id: ID): Row } type Row { id: ID name: String size: Int }',
    resolvers: { Query: { row: (_: unknown, { id }: { id: string }) => ({ id, name: 'n', size: 1 }) } },
  },
};
const ASKED = 'query Asked($withName: Boolean!) { row(id: "asked") { id name @include(if: $withName) } }';
const REGISTERED = 'query Registered { row(id: "registered") { id size } }';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'warm-'));
  writeFileSync(join(folder, 'registered.graphql'), REGISTERED);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Opened {
  readonly executor: Executor;
  readonly observer: RecordingObserver;
}

/** A gateway to which everybody has a name, and what asks it as a POST. */
async function serve({ executor, observer }: Opened) {
  const { app, stop } = await openServer({ executor, observer }, { access: namedAccess });
  const ask = async (payload: object) => {
    const { body } = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { host: 'x', 'content-type': 'application/json', 'x-name': 'wall' },
      payload,
    });
    return JSON.parse(body);
  };
  return { ask, stop: () => stop(0) };
}

const plannedBy = ({ observer }: Opened): number => observer.plans.filter(({ cached }) => !cached).length;

describe('warmOperations()', () => {
  it('makes known to another executor what one was asked, by whom and with which conditions', async () => {
    const old = await openGraph(PARTS);
    const server = await serve(old);
    for (const withName of [true, true, false])
      expect(await server.ask({ query: ASKED, variables: { withName } })).toMatchObject({ data: {} });
    const asked = old.executor.asked();
    expect(asked).toMatchObject([
      { conditions: { withName: true }, uses: 2 },
      { conditions: { withName: false }, uses: 1 },
    ]);
    await server.stop();
    await old.executor.close();

    const fresh = await openGraph(PARTS);
    const rules = createRulesByKey(fresh.executor, namedAccess);
    const documents = createDocumentStore(DEFAULT_LIMITS);
    const gone = [
      { ...asked[0], query: '{ row { gone } }' },
      { ...asked[0], accessKey: '["nobody",true,false,false,[]]' },
      { ...asked[0], query: '{ row {' },
    ] as typeof asked;
    const target = { executor: fresh.executor, documents, rules, limits: DEFAULT_LIMITS };
    expect(await warmOperations(target, [...gone, ...asked])).toBe(2);
    expect(plannedBy(fresh)).toBe(2);
    expect(documents.find(ASKED)?.registeredName).toBeNull();
    expect(documents.find('{ row { gone } }')).toBeUndefined();
    const served = await serve(fresh);
    for (const withName of [true, false]) await served.ask({ query: ASKED, variables: { withName } });
    expect(plannedBy(fresh)).toBe(2);
    await served.stop();
    await fresh.executor.close();
  });

  it('makes many known, which stay known beside each other', async () => {
    const { executor, observer } = await openGraph(PARTS);
    const target = {
      executor,
      documents: createDocumentStore(DEFAULT_LIMITS),
      rules: createRulesByKey(executor, 'open'),
      limits: DEFAULT_LIMITS,
    };
    const fields = Array.from({ length: 30 }, (_, number) => `someName${number}: name`).join(' ');
    const operations = Array.from({ length: 150 }, (_, number) => ({
      query: `{ row(id: "${number}") { ${fields} } }`,
      operationName: undefined,
      conditions: {},
      accessKey: '',
      uses: 2,
    }));
    expect(await warmOperations(target, operations)).toBe(150);
    observer.plans.length = 0;
    expect(operations.filter(({ query }) => target.documents.find(query) === undefined)).toEqual([]);
    expect(executor.asked()).toHaveLength(150);
    await executor.close();
  });

  it('stops when it is told', async () => {
    const { executor } = await openGraph(PARTS);
    const target = {
      executor,
      documents: createDocumentStore(DEFAULT_LIMITS),
      rules: createRulesByKey(executor, 'open'),
      limits: DEFAULT_LIMITS,
    };
    const one = { query: '{ row { id } }', operationName: undefined, conditions: {}, accessKey: '', uses: 1 };
    expect(await warmOperations(target, [one, one], () => true)).toBe(0);
    expect(await warmOperations(target, [one])).toBe(1);
    await executor.close();
  });
});

describe('registeredFirst()', () => {
  it('puts registered operations before busier ones, for who asked them or who asks nothing else', async () => {
    const { executor } = await openGraph(PARTS);
    const { operations } = readOperations(folder, executor.apiSchema, DEFAULT_LIMITS);
    const rules = createRulesByKey(executor, 'open');
    await executor.close();
    const busy = { query: ASKED, operationName: undefined, conditions: {}, accessKey: 'a', uses: 9 };
    expect(registeredFirst(operations, [busy], rules)).toMatchObject([
      { query: REGISTERED, accessKey: rules.registeredOnly[0]?.key },
      { query: ASKED },
    ]);
    const own = { ...busy, query: REGISTERED, accessKey: 'b', uses: 2 };
    expect(registeredFirst(operations, [busy, own], rules)).toEqual([own, busy]);
  });
});
