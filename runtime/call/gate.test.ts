import { createGate } from './gate.js';
import type { Lane } from './lane.js';
import type { Waiter } from './waiter.js';

const waiter = (lane: Lane, signal = new AbortController().signal): Waiter => ({
  signal,
  deadline: Date.now() + 10_000,
  lane,
});

/** Who was let in, in order; each leaves when it is told to. */
function openScene(places: number) {
  const gate = createGate(places);
  const inside: string[] = [];
  const leave = new Map<string, () => void>();
  return {
    inside,
    enter: async (name: string, lane: Lane, signal?: AbortSignal) => {
      const release = await gate.enter(waiter(lane, signal));
      if (release === null) return;
      inside.push(name);
      leave.set(name, release);
    },
    leave: async (name: string) => {
      leave.get(name)?.();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

describe('createGate()', () => {
  it('leaves a place to those who wait for an answer, however many read in the background', async () => {
    const { inside, enter } = openScene(3);
    for (const name of ['r1', 'r2', 'r3']) void enter(name, 'background');
    await enter('q1', 'interactive');
    expect(inside).toEqual(['r1', 'r2', 'q1']);
  });

  it('lets the background in when nobody else waits, after all others otherwise', async () => {
    const { inside, enter, leave } = openScene(1);
    await enter('r1', 'background');
    void enter('r2', 'background');
    void enter('q1', 'interactive');
    void enter('q2', 'interactive');
    await leave('r1');
    expect(inside).toEqual(['r1', 'q1']);
    await leave('q1');
    await leave('q2');
    expect(inside).toEqual(['r1', 'q1', 'q2', 'r2']);
  });

  it('goes on when the one who stood first has left', async () => {
    const { inside, enter, leave } = openScene(2);
    const impatient = new AbortController();
    await enter('r1', 'background');
    await enter('q1', 'interactive');
    void enter('q2', 'interactive', impatient.signal);
    void enter('r2', 'background');
    impatient.abort();
    await leave('r1');
    expect(inside).toEqual(['r1', 'q1', 'r2']);
  });
});
