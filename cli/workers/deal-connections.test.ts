import { Socket } from 'node:net';
import { createDealer, type Taker } from './deal-connections.js';

const ORIGIN = 'http://127.0.0.1:4000';

/** A dealer, and who connects. */
function openScene() {
  let connect: (connection: Socket) => void = () => undefined;
  const dealer = createDealer({
    open: async (take) => {
      connect = take;
      return ORIGIN;
    },
    stop: async () => undefined,
  });
  return { dealer, connect: (): Socket => connectOne((one) => connect(one)) };
}

function connectOne(take: (connection: Socket) => void): Socket {
  const connection = new Socket();
  take(connection);
  return connection;
}

interface OpenTaker extends Taker {
  readonly got: Socket[];
  /** Says of the oldest that is not on its way yet how that went. */
  sent(error?: Error): void;
}

function openTaker(isQuick = true): OpenTaker {
  const got: Socket[] = [];
  const unsent: ((error: Error | null) => void)[] = [];
  return {
    got,
    give: (connection, onGiven) => {
      got.push(connection);
      if (isQuick) onGiven(null);
      else unsent.push(onGiven);
    },
    sent: (error) => unsent.shift()?.(error ?? null),
  };
}

describe('createDealer()', () => {
  it('gives in turn, and the next one to whoever has taken the one before', async () => {
    const { dealer, connect } = openScene();
    const [one, other, slow] = [openTaker(), openTaker(), openTaker(false)];
    for (const taker of [one, other, slow]) expect(await dealer.include(taker)).toBe(ORIGIN);
    for (let index = 0; index < 9; index += 1) connect();
    expect([one, other, slow].map(({ got }) => got.length)).toEqual([4, 4, 1]);
    slow.sent();
    for (let index = 0; index < 3; index += 1) connect();
    expect([one, other, slow].map(({ got }) => got.length)).toEqual([5, 5, 2]);
  });

  it('gives to others what a lost one has not got, and what could not be given', async () => {
    const { dealer, connect } = openScene();
    const [lost, cut, heir] = [openTaker(false), openTaker(false), openTaker()];
    await dealer.include(lost);
    const [first, ...others] = [connect(), connect(), connect()];
    lost.sent();
    expect(lost.got).toEqual([first, others[0]]);
    await dealer.include(cut);
    dealer.lose(lost);
    cut.sent(new Error('channel closed'));
    await dealer.include(heir);
    expect(new Set([...heir.got, cut.got[0]])).toEqual(new Set(others));
    expect(heir.got).toHaveLength(2);
  });

  it('has given all that it holds when it has stopped', async () => {
    const { dealer, connect } = openScene();
    const slow = openTaker(false);
    await dealer.include(slow);
    const all = [connect(), connect(), connect()];
    let isStopped = false;
    const stopped = dealer.stop().then(() => {
      isStopped = true;
    });
    slow.sent();
    await Promise.resolve();
    expect(isStopped).toBe(false);
    slow.sent();
    await stopped;
    expect(slow.got).toEqual(all);
  });

  it('holds connections while nobody is there, and gives no more to whoever leaves', async () => {
    const { dealer, connect } = openScene();
    const [one, next] = [openTaker(), openTaker()];
    await dealer.include(one);
    dealer.exclude(one);
    const held = [connect(), connect()];
    expect(one.got).toEqual([]);
    await dealer.include(next);
    expect(next.got).toEqual(held);
  });
});
