import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { Crowd } from '../../runtime/call/shared-work.js';
import { composeGraph } from '../testing/open-graph.js';
import { createPlannerPool, type PlannerPool } from './planner-pool.js';

const SDL = composeGraph({ one: { sdl: 'type Query { a: Int b: Int }' } });
const BUDGET = { timeMs: 30_000, heapMb: 512 };
const CROWD: Crowd = { isGone: false, onGone: () => () => undefined, drop: () => undefined };
const threads: Worker[] = [];
const remember = (worker: Worker): void => void threads.push(worker);
let pool: PlannerPool;

beforeEach(() => {
  process.on('worker', remember);
});
afterEach(async () => {
  process.off('worker', remember);
  threads.splice(0);
  await pool.close();
});

const open = (unusedMs: number, idleMs: number): PlannerPool =>
  createPlannerPool(
    { supergraphSdl: SDL, plannedSdl: SDL },
    { budget: BUDGET, threads: 2, unusedMs, idleMs },
  );
const plan = async (document: string): Promise<string> =>
  JSON.stringify((await pool.plan({ document }, CROWD)).plan);

describe('createPlannerPool()', () => {
  it('ends a thread that has nothing to plan for long, and plans in another one afterwards', async () => {
    pool = open(1, 1);
    expect((await pool.opened).kind).toBe('ready');
    await once(threads[0] as Worker, 'exit');
    expect(await plan('{ a }')).toContain('Fetch');
    expect(threads).toHaveLength(2);
    await once(threads[1] as Worker, 'exit');
    expect(await plan('{ b }')).toContain('Fetch');
  });

  it('keeps a thread longer while somebody asks', async () => {
    pool = open(1, 60_000);
    expect((await pool.opened).kind).toBe('ready');
    await once(threads[0] as Worker, 'exit');
    channel('http.server.request.start').publish({});
    expect(await plan('{ a }')).toContain('Fetch');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await plan('{ b }')).toContain('Fetch');
    expect(threads).toHaveLength(2);
  });

  it('ends one of two that are idle, though somebody asks', async () => {
    pool = open(1, 60_000);
    expect((await pool.opened).kind).toBe('ready');
    await once(threads[0] as Worker, 'exit');
    channel('http.server.request.start').publish({});
    await Promise.all([plan('{ a }'), plan('{ b }')]);
    expect(threads).toHaveLength(3);
    await Promise.race(threads.slice(1).map((thread) => once(thread, 'exit')));
    expect(await plan('{ a b }')).toContain('Fetch');
    expect(threads).toHaveLength(3);
  });

  it('keeps a thread that has something to plan now and then', async () => {
    pool = open(60_000, 60_000);
    for (const document of ['{ a }', '{ b }', '{ a b }']) expect(await plan(document)).toContain('Fetch');
    expect(threads).toHaveLength(1);
  });
});
