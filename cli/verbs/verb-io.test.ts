import { MessageChannel } from 'node:worker_threads';
import { AT_ONCE, IN_PEACE } from '../../gateway/http/listener/ending.js';
import { ORDERS, threadIo } from './verb-io.js';

describe('threadIo()', () => {
  const { port1: main, port2: own } = new MessageChannel();
  const left: unknown[] = [];
  const io = threadIo(own, (ending) => left.push(ending));
  afterAll(() => main.close());

  /** Resolves once it has been heard. */
  const tell = async (signal: NodeJS.Signals): Promise<void> => {
    const heard = new Promise((resolve) => own.once('message', resolve));
    main.postMessage(ORDERS[signal]);
    await heard;
  };

  it('leaves when it is told to end before anything was accepted, whatever else it listens to by then', async () => {
    let readings = 0;
    io.onReread(async () => {
      readings += 1;
      return true;
    });
    await tell('SIGHUP');
    expect([left, readings]).toEqual([[], 1]);
    await tell('SIGTERM');
    expect([left, readings]).toEqual([[IN_PEACE], 1]);
  });

  it('says how to end from then on', async () => {
    const stopped = io.untilStopped();
    await tell('SIGINT');
    await expect(stopped).resolves.toEqual(AT_ONCE);
    expect(left).toHaveLength(1);
  });
});
