import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Executor } from '../../execute/executor.js';
import { askExecutor, type Question } from '../../testing/ask-executor.js';
import { type GraphPart, openGraph } from '../../testing/open-graph.js';

const product = { id: '1', name: 'Tea', secret: 'S3CRET', guarded: 'G4RDED', hidden: 'H1DDEN' };
const PARTS: Record<string, GraphPart> = {
  shop: {
    sdl: `type Query { product: Product } type Mutation { wipe: Int }
          type Product @key(fields: "id") {
            id: ID! name: String secret: String guarded: String @authenticated hidden: String @inaccessible
          }`,
    resolvers: { Query: { product: () => product }, Mutation: { wipe: () => ++wiped } },
  },
  stock: {
    sdl: 'type Product @key(fields: "id") { id: ID! pieces: Int }',
    resolvers: { Product: { __resolveReference: (ref: object) => ({ ...ref, pieces: 7 }) } },
  },
};
let wiped = 0;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plans-'));
  path = join(folder, 'plans.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true }));

type Run = Awaited<ReturnType<typeof openGraph>> & { readonly told: string[] };

async function run(parts: Record<string, GraphPart>, work: (opened: Run) => Promise<void>): Promise<Run> {
  const told: string[] = [];
  const opened = await openGraph(parts, { planFile: { path, tell: (fact) => told.push(fact) } });
  try {
    await work({ ...opened, told });
  } finally {
    await opened.executor.close();
  }
  return { ...opened, told };
}

const ask = async (executor: Executor, query: string, more: Partial<Question> = {}) => {
  const { data } = await askExecutor(executor, { query, budgetMs: 30_000, ...more });
  return data;
};

const QUERY = '{ product { name pieces } }';
const ANSWER = { product: { name: 'Tea', pieces: 7 } };

/** A run in which the query is planned, and what it leaves. */
async function firstRun(query = QUERY): Promise<string> {
  const { observer } = await run(PARTS, async ({ executor }) => {
    for (let time = 0; time < 5; time++) await ask(executor, query);
  });
  expect(observer.plans.map(({ cached }) => cached)).toEqual([false, true, true, true, true]);
  return readFileSync(path, 'utf8');
}

/** Changes the file as somebody would who knows how it is made. */
function tamper(change: (body: string) => string): void {
  const body = change(readFileSync(path, 'utf8').replace(/[^\n]*\n$/, ''));
  writeFileSync(
    path,
    `${body}${JSON.stringify({ sha256: createHash('sha256').update(body).digest('hex') })}\n`,
  );
}

/** A run after that one: what is told, and how many operations were planned. */
async function secondRun(query = QUERY, parts = PARTS) {
  let data: unknown;
  const { observer, told } = await run(parts, async ({ executor }) => {
    for (let time = 0; time < 2; time++) data = await ask(executor, query);
  });
  return { data, told, planned: observer.plans.filter(({ cached }) => !cached).length };
}

describe('plans kept from run to run', () => {
  it('serve a known operation without any planning', async () => {
    await firstRun();
    expect(await secondRun()).toEqual({ data: ANSWER, told: [], planned: 0 });
    expect(await secondRun('{ product { name } }')).toMatchObject({ planned: 1 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('serve it before there is a planner', async () => {
    await firstRun();
    const told: string[] = [];
    const { executor } = await openGraph(PARTS, {
      planFile: { path, tell: (fact) => told.push(fact) },
      // Too little for any planner to open the graph.
      planBudget: { timeMs: 5000, heapMb: 8 },
    });
    expect(await ask(executor, QUERY)).toEqual(ANSWER);
    expect(await ask(executor, '{ product { name } }')).toBeNull();
    await executor.close();
    expect(told).toEqual([]);
  });

  it('are of what was asked for more than once', async () => {
    await run(PARTS, async ({ executor }) => {
      await ask(executor, '{ product { name once: id } }');
      for (let time = 0; time < 2; time++) await ask(executor, '{ product { name twice: id } }');
    });
    const text = readFileSync(path, 'utf8');
    expect([text.includes('twice'), text.includes('once')]).toEqual([true, false]);
  });

  it('are written by the graph that was opened last, when another one takes its place', async () => {
    const planFile = { path, tell: () => undefined };
    const former = await openGraph(PARTS, { planFile });
    for (let time = 0; time < 2; time++) await ask(former.executor, QUERY);
    const moved = { shop: { ...PARTS.shop, sdl: `${PARTS.shop?.sdl} extend type Query { more: Int }` } };
    const next = await openGraph(moved as Record<string, GraphPart>, { planFile });
    for (let time = 0; time < 2; time++) await ask(next.executor, '{ product { secret } }');
    await next.executor.close();
    await former.executor.close();
    const text = readFileSync(path, 'utf8');
    expect([text.includes('secret }'), text.includes('pieces }')]).toEqual([true, false]);
  });

  it('are forgotten when nobody asks any more', async () => {
    await firstRun();
    for (let time = 0; time < 3; time++) await run(PARTS, async () => undefined);
    expect(await secondRun()).toMatchObject({ data: ANSWER, planned: 1 });
  });

  it.each([
    ['was cut', (text: string) => text.slice(0, -40)],
    ['was cut at a line', (text: string) => text.replace(/[^\n]*\n$/, '')],
    ['was changed', (text: string) => text.replace('pieces', 'places')],
    ['is empty', () => ''],
    ['is none', () => 'no file of plans\n'],
  ])('are ignored, and planned anew, when the file %s', async (_, change) => {
    writeFileSync(path, change(await firstRun()));
    const second = await secondRun();
    expect(second).toMatchObject({ data: ANSWER, planned: 1 });
    expect(second.told).toHaveLength(1);
    expect(await secondRun()).toEqual({ data: ANSWER, told: [], planned: 0 });
  });

  it('are ignored when they are of another supergraph', async () => {
    await firstRun();
    const moved = {
      ...PARTS,
      stock: { ...PARTS.stock, sdl: `${PARTS.stock?.sdl} type Query { more: Int }` },
    } as Record<string, GraphPart>;
    const second = await secondRun(QUERY, moved);
    expect(second).toMatchObject({ data: ANSWER, planned: 1 });
    expect(second.told.join()).toContain('another graph or version');
  });

  it('are ignored when they are of another planner or of another version of this program', async () => {
    await firstRun();
    tamper((body) => body.replace('"own":"', '"own":"9.'));
    expect(await secondRun()).toMatchObject({ data: ANSWER, planned: 1 });
    tamper((body) => body.replace('"planner":["', '"planner":["9.'));
    expect(await secondRun()).toMatchObject({ data: ANSWER, planned: 1 });
  });
});

describe('a file of plans that somebody has changed', () => {
  it('makes nothing seen that was fetched for nobody', async () => {
    await firstRun('{ product { name guarded } }');
    tamper((body) => body.replace('product{name', 'product{name secret guarded'));
    const second = await secondRun('{ product { name guarded } }');
    expect(readFileSync(path, 'utf8')).toContain('product{name secret guarded');
    expect(second).toEqual({ data: { product: { name: 'Tea', guarded: null } }, told: [], planned: 0 });
  });

  it.each([
    ['a field under the name of another', 'id name}', 'id name:secret}'],
    ['a field under a name that is given back', 'id name}', 'id name name__alias_0:secret}'],
    ['what writes', '{product{__typename id name}}', 'mutation{wipe}'],
    ['a subgraph that there is not', '"serviceName\\":\\"shop', '"serviceName\\":\\"door'],
    ['no plan', '"{\\"node\\":', '"{\\"node\\":1,\\"x\\":'],
  ])('is planned anew where it asks for %s', async (_, from, to) => {
    const before = await firstRun();
    tamper((body) => body.replace(from, to));
    expect(readFileSync(path, 'utf8')).not.toBe(before);
    wiped = 0;
    const second = await secondRun();
    expect(second).toMatchObject({ data: ANSWER, planned: 1 });
    expect(second.told).toHaveLength(1);
    expect(wiped).toBe(0);
  });

  it.each([
    ['shows what the supergraph hides', '  name: String\\n', '  name: String\\n  hidden: String\\n'],
    ['has other types', '  name: String\\n', '  name: Int\\n'],
    ['is no schema', 'type Product', 'typo Product'],
  ])('is ignored when its schema %s', async (_, from, to) => {
    const before = await firstRun();
    tamper((body) => body.replace(from, to));
    expect(readFileSync(path, 'utf8')).not.toBe(before);
    const told = await run(PARTS, async ({ executor }) => {
      expect(executor.apiSchema.getType('Product')?.toString()).toBe('Product');
      await expect(ask(executor, '{ product { hidden } }')).rejects.toThrow('Cannot query field');
      expect(await ask(executor, QUERY)).toEqual(ANSWER);
    });
    expect(told.told).toHaveLength(1);
  });
});
