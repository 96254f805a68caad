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
  it('gives in turn, and first to whoever takes quickly', async () => {
    const { dealer, connect } = openScene();
    const [one, other, slow] = [openTaker(), openTaker(), openTaker(false)];
    for (const taker of [one, other, slow]) expect(await dealer.include(taker)).toBe(ORIGIN);
    for (let index = 0; index < 9; index += 1) connect();
    expect([one, other, slow].map(({ got }) => got.length)).toEqual([4, 4, 1]);
    slow.sent();
    connect();
    expect(slow.got).toHaveLength(2);
  });

  it('gives to others what a lost one has not got, and what could not be given', async () => {
    const { dealer, connect } = openScene();
    const [lost, cut] = [openTaker(false), openTaker(false)];
    await dealer.include(lost);
    const all = [connect(), connect(), connect()];
    lost.sent();
    await dealer.include(cut);
    dealer.lose(lost);
    expect(cut.got).toEqual(all.slice(1));
    const heir = openTaker();
    await dealer.include(heir);
    cut.sent(new Error('channel closed'));
    dealer.lose(cut);
    expect(new Set(heir.got)).toEqual(new Set(all.slice(1)));
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
