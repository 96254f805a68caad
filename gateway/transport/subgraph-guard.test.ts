import { until } from '../testing/until.js';
import { PostAnswer } from './exchange.js';
import { type CallEnd, createSubgraphGuard } from './subgraph-guard.js';
import { NO_ANSWER_IN_TIME, TransportFailure } from './transport-failure.js';

const HEAD = { status: 200, encoding: '', retryAfterSeconds: null, refusal: null };
const ANSWER = new PostAnswer(HEAD, [Buffer.from('{}')]);
const DOWN = new TransportFailure('SUBGRAPH_UNAVAILABLE', 'the connection failed');
const MALFORMED = new TransportFailure('SUBGRAPH_MALFORMED', 'no JSON');

function begun(found: CallEnd | TransportFailure): CallEnd {
  if (found instanceof TransportFailure) throw found;
  return found;
}

/** What was told has been heard. */
const heard = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time that goes on when it is told to. */
function handTime() {
  let now = 0;
  let look: (() => void) | null = null;
  return {
    now: () => now,
    every: (_: number, call: () => void) => {
      look = call;
      const timer = setTimeout(() => undefined, 0);
      return timer;
    },
    /** A tenth of a second. */
    pass: async (ms = 100) => {
      for (let step = 0; step < ms; step += 100) {
        now += 100;
        look?.();
        await heard();
      }
    },
  };
}

describe('createSubgraphGuard()', () => {
  it('stops asking a subgraph that keeps failing, and says when to come back', async () => {
    const guard = createSubgraphGuard();
    expect(guard.isPaused()).toBe(false);
    for (let call = 0; call < 5; call += 1) {
      begun(guard.begin())(DOWN);
      await heard();
    }
    expect(guard.isPaused()).toBe(true);
    expect(guard.begin()).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', retryAfterSeconds: 1 });
  });

  it('counts calls that hang as failures, and not those that had no time', async () => {
    const time = handTime();
    const guard = createSubgraphGuard(time);
    for (let call = 0; call < 20; call += 1) {
      const end = begun(guard.begin());
      await time.pass(500);
      end(NO_ANSWER_IN_TIME);
      await heard();
    }
    for (let call = 0; call < 5; call += 1) {
      const end = begun(guard.begin());
      await time.pass(1500);
      end(NO_ANSWER_IN_TIME);
      await heard();
    }
    expect(guard.begin()).toBeInstanceOf(TransportFailure);
  });

  it('tells calls soon that they wait for one that hangs, and knows it before they have ended', async () => {
    const time = handTime();
    const guard = createSubgraphGuard(time);
    begun(guard.begin())(ANSWER);
    const stalled: number[] = [];
    for (let call = 0; call < 5; call += 1) begun(guard.begin(() => stalled.push(call)));
    await time.pass(300);
    expect(stalled).toEqual([]);
    await time.pass(100);
    expect(stalled).toEqual([0, 1, 2, 3, 4]);
    expect(guard.begin()).toBeInstanceOf(Function);
    await time.pass(600);
    expect(guard.begin()).toBeInstanceOf(TransportFailure);
    expect(stalled).toHaveLength(5);
  });

  it('leaves one alone that is slow as ever, or answers others', async () => {
    const time = handTime();
    const guard = createSubgraphGuard(time);
    for (let call = 0; call < 60; call += 1) {
      const end = begun(guard.begin());
      await time.pass(700);
      end(ANSWER);
      await heard();
    }
    const stalled: number[] = [];
    // It takes 700 ms; now all wait for five seconds, and then one hangs beside others that are answered.
    const slow = Array.from({ length: 10 }, (_, call) => begun(guard.begin(() => stalled.push(call))));
    await time.pass(5000);
    for (const end of slow) end(ANSWER);
    begun(guard.begin(() => stalled.push(100)));
    for (let call = 0; call < 20; call += 1) {
      const end = begun(guard.begin());
      await time.pass(600);
      end(ANSWER);
      await heard();
    }
    expect(stalled).toEqual([]);
    expect(guard.begin()).toBeInstanceOf(Function);
  });

  it('stops asking one whose answers are too large, most of them, but not for want of room here', async () => {
    const guard = createSubgraphGuard();
    for (let call = 0; call < 20; call += 1) {
      begun(guard.begin())(new TransportFailure('SOURCE_TOO_LARGE', 'no room', { isOurs: true }));
      await heard();
    }
    for (let call = 0; call < 5; call += 1) {
      begun(guard.begin())(new TransportFailure('SOURCE_TOO_LARGE', 'more than it may have'));
      await heard();
    }
    expect(guard.begin()).toBeInstanceOf(TransportFailure);
  });

  it('does not mind a subgraph that answers, whatever it says', async () => {
    const guard = createSubgraphGuard();
    for (let call = 0; call < 50; call += 1) {
      begun(guard.begin())(call % 2 === 0 ? ANSWER : MALFORMED);
      await heard();
    }
    expect(guard.begin()).toBeInstanceOf(Function);
  });

  it('tries one call after the pause, and goes on when that is answered', async () => {
    const guard = createSubgraphGuard();
    for (let call = 0; call < 5; call += 1) {
      begun(guard.begin())(DOWN);
      await heard();
    }
    let trial = guard.begin();
    await until(() => {
      if (trial instanceof TransportFailure) trial = guard.begin();
      return !(trial instanceof TransportFailure);
    });
    expect(guard.begin()).toBeInstanceOf(TransportFailure);
    begun(trial)(ANSWER);
    await heard();
    expect(guard.begin()).toBeInstanceOf(Function);
  });

  it('takes a bounded number of calls at a time', () => {
    const guard = createSubgraphGuard();
    const ends = Array.from({ length: 1024 }, () => begun(guard.begin()));
    expect(guard.begin()).toMatchObject({ message: 'too many calls are under way' });
    ends[0]?.(ANSWER);
    expect(guard.begin()).toBeInstanceOf(Function);
  });
});
