import { until } from '../testing/until.js';
import { type CallEnd, createSubgraphGuard } from './subgraph-guard.js';
import { NO_ANSWER_IN_TIME, TransportFailure } from './transport-failure.js';

const ANSWER = { head: { status: 200, encoding: '', retryAfterSeconds: null, refusal: null }, text: '{}' };
const DOWN = new TransportFailure('SUBGRAPH_UNAVAILABLE', 'the connection failed');
const MALFORMED = new TransportFailure('SUBGRAPH_MALFORMED', 'no JSON');

function begun(found: CallEnd | TransportFailure): CallEnd {
  if (found instanceof TransportFailure) throw found;
  return found;
}

/** What was told has been heard. */
const heard = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createSubgraphGuard()', () => {
  it('stops asking a subgraph that keeps failing, and says when to come back', async () => {
    const guard = createSubgraphGuard();
    for (let call = 0; call < 5; call += 1) {
      begun(guard.begin())(DOWN);
      await heard();
    }
    expect(guard.begin()).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', retryAfterSeconds: 1 });
  });

  it('counts calls that hang as failures, and not those that had no time', async () => {
    let now = 0;
    const guard = createSubgraphGuard(() => now);
    for (let call = 0; call < 20; call += 1) {
      const end = begun(guard.begin());
      now += 500;
      end(NO_ANSWER_IN_TIME);
      await heard();
    }
    for (let call = 0; call < 5; call += 1) {
      const end = begun(guard.begin());
      now += 1500;
      end(NO_ANSWER_IN_TIME);
      await heard();
    }
    expect(guard.begin()).toBeInstanceOf(TransportFailure);
  });

  it('knows one that hangs before its callers have given up, and one that is slow from it', async () => {
    let now = 0;
    const guard = createSubgraphGuard(() => now);
    /** So many calls, one each 100 ms, each answered after so long; null: never. */
    const ask = async (times: number, tookMs: number | null): Promise<readonly boolean[]> => {
      const ends: { readonly at: number; readonly end: CallEnd }[] = [];
      const sent: boolean[] = [];
      for (let call = 0; call < times; call += 1) {
        const found = guard.begin();
        sent.push(!(found instanceof TransportFailure));
        if (!(found instanceof TransportFailure) && tookMs !== null)
          ends.push({ at: now + tookMs, end: found });
        now += 100;
        while ((ends[0]?.at ?? Number.POSITIVE_INFINITY) <= now) ends.shift()?.end(ANSWER);
        await heard();
      }
      return sent;
    };
    // It usually takes 700 ms, and once in a while some seconds for all.
    expect(await ask(100, 700)).not.toContain(false);
    expect(await ask(30, 2500)).not.toContain(false);
    const hanging = await ask(300, null);
    expect(hanging).toContain(false);
    const fast = createSubgraphGuard(() => now);
    begun(fast.begin())(ANSWER);
    for (let call = 0; call < 12; call += 1) {
      begun(fast.begin());
      now += 100;
      await heard();
    }
    for (let call = 0; call < 5; call += 1) {
      fast.begin();
      now += 100;
      await heard();
    }
    expect(fast.begin()).toBeInstanceOf(TransportFailure);
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
