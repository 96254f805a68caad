import { until } from '../../testing/until.js';
import { createAdaptiveLimit } from './adaptive-limit.js';
import {
  type Admission,
  type AdmissionTime,
  createAdmission,
  type Leave,
  type WorkKind,
} from './admission.js';

/** Time that goes on when it is told to, its loop never late. */
function handTime(): AdmissionTime & { pass(ms: number): Promise<void> } {
  let now = 0;
  let call: ((busy: number) => void) | null = null;
  let due = 0;
  let every = 0;
  return {
    now: () => now,
    every: (ms, own) => {
      call = own;
      every = ms;
      due = now + ms;
      return () => {
        call = null;
      };
    },
    pass: async (ms) => {
      for (const end = now + ms; now < end; ) {
        now += 1;
        if (call !== null && now >= due) {
          due += every;
          call(0.5);
        }
        await Promise.resolve();
      }
    },
  };
}

const fixed = (value: number) => ({ value, adjust: () => undefined });

function open(limit: number, waitMs = 1000) {
  const time = handTime();
  return { time, admission: createAdmission({ waitMs, time, limit: fixed(limit) }) };
}

/** What becomes of one request. */
interface Asked {
  state: 'waits' | 'runs' | 'refused';
  leave: Leave;
  giveUp(): void;
}

function ask(admission: Admission, kind: WorkKind = 'known', key = 'a'): Asked {
  const entered = admission.enter({ kind, key });
  const asked: Asked = { state: 'waits', leave: () => undefined, giveUp: () => undefined };
  const take = (leave: Leave | null): void => {
    asked.state = leave === null ? 'refused' : 'runs';
    if (leave !== null) asked.leave = leave;
  };
  if (entered === null || typeof entered === 'function') take(entered);
  else {
    asked.giveUp = entered.giveUp;
    void entered.turn.then(take);
  }
  return asked;
}

/** The same numbers at each run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 0x7fffffff;
    return state / 0x7fffffff;
  };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};
const stateOf = ({ state }: Asked) => state;

describe('createAdmission()', () => {
  it('begins at once while there is room, and then in turn', async () => {
    const { admission } = open(2);
    const asked = [ask(admission), ask(admission), ask(admission), ask(admission)];
    expect(asked.map(stateOf)).toEqual(['runs', 'runs', 'waits', 'waits']);
    expect(admission.standing).toEqual({ running: 2, waiting: 2, limit: 2 });
    asked[0]?.leave();
    asked[0]?.leave();
    await settle();
    expect(asked.map(stateOf)).toEqual(['runs', 'runs', 'runs', 'waits']);
  });

  it('answers a burst, however short the work', async () => {
    const { admission, time } = open(2, 1000);
    const asked = Array.from({ length: 100 }, () => ask(admission));
    for (let step = 0; step < 60; step += 1) {
      await time.pass(10);
      for (const one of asked) if (one.state === 'runs') one.leave();
      await settle();
    }
    expect(asked.filter(({ state }) => state === 'refused')).toEqual([]);
  });

  it('refuses after 20 ms what it could not answer, once requests have waited without a pause', async () => {
    const { admission, time } = open(1, 1000);
    const asked: Asked[] = [ask(admission)];
    // One is answered each 10 ms, and two come; after two seconds those that came as a burst are answered.
    const waited = new Map<Asked, number>();
    for (let step = 0; step < 300; step += 1) {
      asked.find(({ state }) => state === 'runs')?.leave();
      for (const one of asked) if (one.state === 'runs') one.state = 'refused';
      await settle();
      const fresh = [ask(admission), ask(admission)];
      asked.push(...fresh);
      if (step > 200) for (const one of fresh) waited.set(one, 0);
      await time.pass(10);
      for (const [one, ms] of waited) if (one.state === 'waits') waited.set(one, ms + 10);
    }
    expect([...waited.values()].filter((ms) => ms > 0).length).toBeGreaterThan(20);
    // It is looked at each 10 ms.
    expect(Math.max(...waited.values())).toBeLessThanOrEqual(30);
  });

  it('refuses at once where there is no place, before anything is read', async () => {
    const { admission, time } = open(1, 100);
    const running = [ask(admission)];
    // It learns how fast requests are answered: one each 10 ms, so that 10 may wait.
    for (let step = 0; step < 40; step += 1) {
      await time.pass(10);
      running.pop()?.leave();
      running.push(ask(admission));
    }
    const asked = Array.from({ length: 30 }, () => ask(admission));
    expect(asked.filter(({ state }) => state === 'refused').length).toBeGreaterThan(15);
    expect(admission.sheds('a')).toBe(true);
    // Somebody else has his share.
    expect(admission.sheds('b')).toBe(false);
    expect(ask(admission, 'known', 'b').state).toBe('waits');
  });

  it('gives calm callers their turns beside one who floods', async () => {
    const { admission, time } = open(1, 1000);
    const flood = Array.from({ length: 200 }, () => ask(admission, 'known', 'flood'));
    const calm = ['b', 'c', 'd'].map((key) => ask(admission, 'known', key));
    for (let turn = 0; turn < 5; turn += 1) {
      for (const one of [...flood, ...calm]) if (one.state === 'runs') one.leave();
      await settle();
    }
    await time.pass(1);
    expect(calm.map(stateOf)).toEqual(['runs', 'runs', 'runs']);
  });

  it('gives who has less than his share the place of who floods, and all the time to wait', async () => {
    const { admission, time } = open(2, 1000);
    const flood: Asked[] = [];
    const calm: Asked[] = [];
    // One is answered each 10 ms; the flood brings five, and a caller in ten comes in each 20 ms.
    for (let step = 0; step < 400; step += 1) {
      const running = [...calm, ...flood].find(({ state }) => state === 'runs');
      running?.leave();
      if (running !== undefined) running.state = 'refused';
      await settle();
      for (let each = 0; each < 5; each += 1) {
        if (!admission.sheds('flood')) flood.push(ask(admission, 'known', 'flood'));
      }
      if (step % 2 === 0 && step > 100) {
        const key = `calm ${step % 9}`;
        expect(admission.sheds(key)).toBe(false);
        const one = ask(admission, 'known', key);
        expect(one.state).not.toBe('refused');
        calm.push(one);
      }
      await time.pass(10);
      expect(admission.standing.waiting).toBeLessThan(200);
    }
    // All of them had their turns but the last ones.
    expect(calm.filter(({ state }) => state === 'waits').length).toBeLessThan(8);
    expect(flood.filter(({ state }) => state === 'waits').length).toBeLessThan(150);
  });

  it('refuses nobody who asks little beside a flood, though the thread stalls now and then', async () => {
    const { admission, time } = open(8, 1000);
    const perMs = 0.5;
    const callers = [
      ...Array.from({ length: 9 }, (_, index) => ({ key: `calm ${index}`, rate: perMs / 20 })),
      { key: 'flood', rate: perMs * 5 },
    ];
    const random = randomFrom(1);
    const running: Asked[] = [];
    const calm: Asked[] = [];
    let shed = 0;
    let credit = 0;
    for (let ms = 0; ms < 6000; ms += 1) {
      for (const { key, rate } of callers) {
        for (let due = random() < rate % 1 ? 1 + Math.floor(rate) : Math.floor(rate); due > 0; due -= 1) {
          if (admission.sheds(key)) {
            if (key !== 'flood') shed += 1;
            continue;
          }
          const one = ask(admission, 'known', key);
          running.push(one);
          if (key !== 'flood') calm.push(one);
        }
      }
      // One second in two it gets half as much done.
      credit += ms % 2000 < 1000 ? perMs / 2 : perMs;
      for (; credit >= 1; credit -= 1) {
        const next = running.findIndex(({ state }) => state === 'runs');
        if (next >= 0) running.splice(next, 1)[0]?.leave();
      }
      await settle();
      await time.pass(1);
    }
    expect(calm.length).toBeGreaterThan(1000);
    expect(shed + calm.filter(({ state }) => state === 'refused').length).toBeLessThanOrEqual(
      calm.length / 200,
    );
  });

  it('takes registered operations first, and yet leaves a turn in eight to the others', async () => {
    const { admission } = open(1);
    let leave: Leave | null = ask(admission).leave;
    const order: WorkKind[] = [];
    for (const kind of ['known', 'registered'] as const) {
      for (let each = 0; each < 20; each += 1) {
        const entered = admission.enter({ kind, key: kind });
        if (entered === null || typeof entered === 'function') throw new Error('it must wait');
        void entered.turn.then((own) => {
          order.push(kind);
          leave = own;
        });
      }
    }
    for (let turn = 0; turn < 16; turn += 1) {
      leave?.();
      await settle();
    }
    expect(order.filter((kind) => kind === 'known')).toHaveLength(2);
    expect(order).toHaveLength(16);
  });

  it('spaces new documents while others are under way, and does not when nobody else is', async () => {
    const { admission, time } = open(50);
    const alone = Array.from({ length: 10 }, () => ask(admission, 'new'));
    expect(alone.map(stateOf)).toEqual(alone.map(() => 'runs'));
    for (const one of alone) one.leave();
    const other = ask(admission, 'known', 'b');
    await time.pass(100);
    const spaced = Array.from({ length: 5 }, () => ask(admission, 'new'));
    await settle();
    expect(spaced.filter(({ state }) => state === 'runs')).toHaveLength(1);
    await time.pass(41);
    expect(spaced.filter(({ state }) => state === 'runs')).toHaveLength(2);
    expect(ask(admission, 'known', 'b').state).toBe('runs');
    other.leave();
  });

  it('lets the pages of an export wait as long as they must', async () => {
    const { admission, time } = open(1, 50);
    const running = ask(admission);
    const page = ask(admission, 'export', 'x');
    await time.pass(5000);
    expect(page.state).toBe('waits');
    running.leave();
    await settle();
    expect(page.state).toBe('runs');
  });

  it('forgets who has left', async () => {
    const { admission } = open(1);
    const running = ask(admission);
    const [gone, next] = [ask(admission), ask(admission)];
    gone.giveUp();
    running.leave();
    await settle();
    expect([gone.state, next.state]).toEqual(['waits', 'runs']);
    next.leave();
    expect(admission.standing).toEqual({ running: 0, waiting: 0, limit: 1 });
  });

  it('measures only while there is something under way', async () => {
    const { admission, time } = open(1);
    ask(admission).leave();
    await time.pass(20);
    expect(admission.standing).toEqual({ running: 0, waiting: 0, limit: 1 });
  });

  it('lets in as many as wait for subgraphs, with the real time', async () => {
    const admission = createAdmission({ waitMs: 60_000, limit: createAdaptiveLimit() });
    const asked = Array.from({ length: 200 }, () => ask(admission));
    await until(() => asked.every(({ state }) => state !== 'waits'));
    expect(asked.map(stateOf)).toEqual(asked.map(() => 'runs'));
    for (const { leave } of asked) leave();
  });
});
