import { ALWAYS } from '../condition.js';
import type { CallBounds, ReadRequest } from '../source-adapter.js';
import { SourceRejected, SourceTimeout, SourceTooLarge, SourceUnavailable } from '../source-error.js';
import type { ContractSubject } from './adapter-contract.js';
import { wideBounds } from './contract-bounds.js';

const ALL_ROWS: ReadRequest = {
  from: { name: 'contract_rows' },
  columns: ['id', 'name', 'label'],
  where: ALWAYS,
  orderBy: [{ column: 'id', direction: 'asc', nulls: 'excluded' }],
  limit: 1000,
};

export function describeFailureContract({ source, adapter }: ContractSubject): void {
  const slowRead = (): ReadRequest => ({
    ...ALL_ROWS,
    from: { name: source().slowObject },
    columns: ['n'],
    orderBy: [],
  });

  /** Rejection and the milliseconds until it came. */
  const failureOf = async (call: Promise<unknown>): Promise<{ error: unknown; tookMs: number }> => {
    const start = performance.now();
    const error = await call.then(
      () => null,
      (cause: unknown) => cause,
    );
    return { error, tookMs: performance.now() - start };
  };

  const nobodyIsSlow = async () => {
    if (!adapter().capabilities.cancels) return;
    const endsAt = performance.now() + 3000;
    while ((await source().countSlow()) > 0 && performance.now() < endsAt) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await source().countSlow()).toBe(0);
  };

  test('a limit that is no positive whole number is rejected', async () => {
    for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(adapter().read({ ...ALL_ROWS, limit }, wideBounds())).rejects.toBeInstanceOf(
        SourceRejected,
      );
    }
  });

  test('a position of the wrong length is rejected', async () => {
    for (const after of [[], [1, 2]]) {
      await expect(adapter().read({ ...ALL_ROWS, after }, wideBounds())).rejects.toBeInstanceOf(
        SourceRejected,
      );
    }
  });

  test('tuples of the wrong length are rejected', async () => {
    const where = { kind: 'inTuples', columns: ['id', 'label'], tuples: [[1]] } as const;
    await expect(adapter().read({ ...ALL_ROWS, where }, wideBounds())).rejects.toBeInstanceOf(SourceRejected);
  });

  test('an answer beyond its bound is SourceTooLarge, and the adapter goes on', async () => {
    const bounds: CallBounds = { ...wideBounds(), maxBytes: 500 };
    await expect(adapter().read(ALL_ROWS, bounds)).rejects.toBeInstanceOf(SourceTooLarge);
    expect(await adapter().read({ ...ALL_ROWS, limit: 2 }, bounds)).toHaveLength(2);
  });

  test('more groups than allowed are SourceTooLarge, as many are not', async () => {
    const request = { from: { name: 'contract_rows' }, where: ALWAYS, groupBy: [{ column: 'id' }] };
    const tally = (maxGroups: number) => adapter().tally({ ...request, maxGroups }, wideBounds());
    await expect(tally(209)).rejects.toBeInstanceOf(SourceTooLarge);
    expect(await tally(210)).toHaveLength(210);
  });

  test('a caller who has left already is told at once', async () => {
    const bounds: CallBounds = { ...wideBounds(), signal: AbortSignal.abort() };
    await expect(adapter().read(ALL_ROWS, bounds)).rejects.toBeInstanceOf(SourceTimeout);
    await expect(adapter().probe(bounds)).rejects.toBeInstanceOf(SourceTimeout);
  });

  test('a source that does not answer in time is SourceTimeout, stopped, and then serves others', async () => {
    const { error, tookMs } = await failureOf(
      adapter().read(slowRead(), { ...wideBounds(), timeoutMs: 400 }),
    );
    expect(error).toBeInstanceOf(SourceTimeout);
    expect(tookMs).toBeLessThan(1500);
    expect(
      await adapter().read({ ...ALL_ROWS, limit: 1 }, { ...wideBounds(), timeoutMs: 5000 }),
    ).toHaveLength(1);
    await nobodyIsSlow();
  });

  test('a caller who leaves is freed at once and the source stops', async () => {
    const controller = new AbortController();
    const reading = failureOf(adapter().read(slowRead(), { ...wideBounds(), signal: controller.signal }));
    setTimeout(() => controller.abort(), 300);
    const { error, tookMs } = await reading;
    expect(error).toBeInstanceOf(SourceTimeout);
    expect(tookMs).toBeLessThan(1500);
    await nobodyIsSlow();
  });

  test('many callers at once each get their own answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        adapter().read(
          { ...ALL_ROWS, columns: ['id'], where: { kind: 'in', column: 'id', values: [index + 1] } },
          wideBounds(),
        ),
      ),
    );
    expect(answers).toEqual(Array.from({ length: 40 }, (_, index) => [[index + 1]]));
  });

  test('a source that nobody answers for is SourceUnavailable', async () => {
    const dead = source().openDead();
    await expect(dead.probe(wideBounds())).rejects.toBeInstanceOf(SourceUnavailable);
    await expect(dead.read(ALL_ROWS, wideBounds())).rejects.toBeInstanceOf(SourceUnavailable);
    await expect(dead.describe('contract_rows', wideBounds())).rejects.toBeInstanceOf(SourceUnavailable);
    await dead.close();
  });

  test('close() can be called twice, and later calls are SourceUnavailable', async () => {
    const other = source().open();
    await other.probe(wideBounds());
    await other.close();
    await other.close();
    await expect(other.read(ALL_ROWS, wideBounds())).rejects.toBeInstanceOf(SourceUnavailable);
  });
}
