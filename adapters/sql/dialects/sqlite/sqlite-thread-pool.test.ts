import { channel } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { ThreadLost } from '../../../../runtime/thread/worker-thread.js';
import { type SqliteThread, SqliteThreadPool } from './sqlite-thread-pool.js';

const REQUEST = 'http.server.request.start';
const LOST = new ThreadLost('', 'the test ends it');

let pool: SqliteThreadPool;
const lent = new Set<SqliteThread>();

beforeEach(() => {
  pool = new SqliteThreadPool();
  pool.join();
});
afterEach(async () => {
  for (const thread of lent) await pool.end(thread, LOST);
  lent.clear();
  await pool.leave('none');
});

function borrow(): Promise<SqliteThread> {
  return new Promise((resolve) =>
    pool.lend((thread) => {
      lent.add(thread);
      resolve(thread);
    }),
  );
}

function giveBack(thread: SqliteThread): void {
  lent.delete(thread);
  pool.giveBack(thread);
}

/** Threads of a pool whose threads are idle after a millisecond. */
async function lendAndGiveBack(): Promise<readonly SqliteThread[]> {
  await pool.leave('none');
  pool = new SqliteThreadPool(1);
  pool.join();
  const threads = await Promise.all(Array.from({ length: 6 }, borrow));
  for (const thread of threads) giveBack(thread);
  return threads;
}

describe('SqliteThreadPool', () => {
  it('serves many who take turns with few threads', async () => {
    const used = new Set<SqliteThread>();
    const turns = Array.from({ length: 40 }, async () => {
      const thread = await borrow();
      used.add(thread);
      giveBack(thread);
    });
    await Promise.all(turns);
    expect(used.size).toBeLessThanOrEqual(4);
  });

  it('starts another thread for whoever would wait for one that is held', async () => {
    const threads = await Promise.all(Array.from({ length: 6 }, borrow));
    expect(new Set(threads).size).toBe(6);
  });

  it('ends the threads that were started for slow statements when they have been idle, and no others while somebody asks', async () => {
    const threads = await lendAndGiveBack();
    channel(REQUEST).publish({});
    const left = () => threads.filter(({ isLost }) => !isLost);
    while (left().length > 4) await sleep(1);
    await sleep(20);
    const again = await borrow();
    expect(left()).toContain(again);
    expect(left().length).toBeGreaterThanOrEqual(2);
    expect(left().length).toBeLessThanOrEqual(4);
  });

  it('keeps one thread at rest, until somebody asks', async () => {
    const threads = await lendAndGiveBack();
    const left = () => threads.filter(({ isLost }) => !isLost);
    while (left().length > 1) await sleep(1);
    await sleep(20);
    const first = await borrow();
    expect(left()).toEqual([first]);
    let isGiven = false;
    const takeBack = pool.lend(() => {
      isGiven = true;
    });
    takeBack();
    expect(isGiven).toBe(false);
    channel(REQUEST).publish({});
    pool.lend((thread) => {
      lent.add(thread);
      isGiven = true;
    });
    expect(isGiven).toBe(true);
  });

  it('lends no thread that was lost', async () => {
    const thread = await borrow();
    giveBack(thread);
    await thread.giveUp(LOST);
    expect((await borrow()).isLost).toBe(false);
  });

  it('gives nothing for a wish that was taken back', async () => {
    const held = await Promise.all(Array.from({ length: 4 }, borrow));
    let isGiven = false;
    const takeBack = pool.lend(() => {
      isGiven = true;
    });
    takeBack();
    for (const thread of held) giveBack(thread);
    const again = await borrow();
    expect(held).toContain(again);
    expect(isGiven).toBe(false);
  });

  it('ends its threads with the last file', async () => {
    const [first, second] = await Promise.all([borrow(), borrow()]);
    giveBack(first);
    await pool.leave('the last');
    expect(first.isLost).toBe(true);
    giveBack(second);
    expect(second.isLost).toBe(true);
    pool.join();
  });
});
