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
