import { setTimeout as wait } from 'node:timers/promises';
import { oncePerRun } from './once-per-run.js';

describe('oncePerRun()', () => {
  it('makes a thing for the first that asks, and the others wait for the same', async () => {
    let makings = 0;
    const make = async (): Promise<string> => {
      makings += 1;
      await wait(100);
      return `made ${makings}`;
    };
    const asked = Array.from({ length: 3 }, () => oncePerRun('test of one', make));
    expect(await Promise.all(asked)).toEqual(['made 1', 'made 1', 'made 1']);
    expect(await oncePerRun('test of one', make)).toBe('made 1');
  });

  it('tries again after a failure', async () => {
    const failing = oncePerRun('test of a failure', () => Promise.reject(new Error('no room')));
    await expect(failing).rejects.toThrow('no room');
    expect(await oncePerRun('test of a failure', async () => 'made')).toBe('made');
  });

  it('makes a thing anew that is not there any more', async () => {
    expect(await oncePerRun('test of a loss', async () => 'first')).toBe('first');
    expect(
      await oncePerRun(
        'test of a loss',
        async () => 'second',
        async (made) => made !== 'first',
      ),
    ).toBe('second');
    expect(await oncePerRun('test of a loss', async () => 'third')).toBe('second');
  });
});
