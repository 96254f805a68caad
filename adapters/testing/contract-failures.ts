import { startOwnTime } from '../../test/own-time.js';
import { ALWAYS, type Condition } from '../condition.js';
import type { CallBounds, ReadRequest } from '../source-adapter.js';
import { SourceRejected, SourceTimeout, SourceTooLarge, SourceUnavailable } from '../source-error.js';
import { wideBounds } from './contract-bounds.js';
import type { ContractSubject } from './contract-subject.js';
import { BY_ID } from './held-table.js';
import { onlyWith } from './read-held.js';

const ALL_ROWS: ReadRequest = {
  from: { name: 'contract_rows' },
  columns: ['id', 'name', 'label'],
  where: ALWAYS,
  orderBy: BY_ID,
  limit: 1000,
};
/** Two rows of any source. */
const TWO_ROWS: Condition = { kind: 'in', column: 'id', values: [1, 2] };

export function describeFailureContract(subject: ContractSubject): void {
  const { source, adapter, held } = subject;
  /** In order where the source sorts. */
  const allRows = (): ReadRequest =>
    adapter().capabilities.orders ? ALL_ROWS : { ...ALL_ROWS, orderBy: [] };

  /** Reads the slow object; nothing where the source has none. */
  const readSlowly = async (
    bounds: CallBounds,
    check: (failure: { error: unknown; tookMs: number }) => Promise<void> | void,
  ): Promise<void> => {
    const { slowObject, openSlow } = source();
    if (slowObject === null) return;
    const slow = openSlow?.() ?? adapter();
    const from = { name: slowObject };
    await check(await failureOf(slow.read({ ...ALL_ROWS, from, columns: ['n'], orderBy: [] }, bounds)));
    expect(
      await adapter().read({ ...allRows(), limit: 1 }, { ...wideBounds(), timeoutMs: 5000 }),
    ).toHaveLength(1);
    await nobodyIsSlow();
    if (slow !== adapter()) await slow.close();
  };

  /** Rejection and the milliseconds until it came. */
  const failureOf = async (call: Promise<unknown>): Promise<{ error: unknown; tookMs: number }> => {
    const time = startOwnTime();
    const error = await call.then(
      () => null,
      (cause: unknown) => cause,
    );
    return { error, tookMs: time.stop() };
  };

  const nobodyIsSlow = async () => {
    if (!adapter().capabilities.cancels) return;
    const endsAt = performance.now() + 15_000;
    while ((await source().countSlow()) > 0 && performance.now() < endsAt) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await source().countSlow()).toBe(0);
  };

  test('a limit that is no positive whole number is rejected', async () => {
    for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(adapter().read({ ...allRows(), limit }, wideBounds())).rejects.toBeInstanceOf(
        SourceRejected,
      );
    }
  });

  test('a position of the wrong length is rejected', async () => {
    for (const after of [[], [1, 2]]) {
      await expect(adapter().read({ ...allRows(), after }, wideBounds())).rejects.toBeInstanceOf(
        SourceRejected,
      );
    }
  });

  test('tuples of the wrong length are rejected', async () => {
    const where = { kind: 'inTuples', columns: ['id', 'label'], tuples: [[1]] } as const;
    await expect(adapter().read({ ...allRows(), where }, wideBounds())).rejects.toBeInstanceOf(
      SourceRejected,
    );
  });

  test('an answer beyond its bound is SourceTooLarge, and the adapter goes on', async () => {
    // What comes as text, in envelopes, is larger; and a source that cannot stop after two rows is asked for two.
    const { exchanges, filters } = adapter().capabilities;
    const bounds: CallBounds = { ...wideBounds(), maxBytes: exchanges ? 4000 : 500 };
    await expect(adapter().read(allRows(), bounds)).rejects.toBeInstanceOf(SourceTooLarge);
    const few: ReadRequest = { ...allRows(), limit: 2, where: filters ? ALWAYS : TWO_ROWS };
    expect(await adapter().read(few, bounds)).toHaveLength(2);
  });

  test(
    'more groups than allowed are SourceTooLarge, as many are not',
    onlyWith('tallies', subject, async () => {
      const request = { from: { name: 'contract_rows' }, where: ALWAYS, groupBy: [{ column: 'id' }] };
      const tally = (maxGroups: number) => adapter().tally({ ...request, maxGroups }, wideBounds());
      const count = held().rows.length;
      await expect(tally(count - 1)).rejects.toBeInstanceOf(SourceTooLarge);
      expect(await tally(count)).toHaveLength(count);
    }),
  );

  test('a caller who has left already is told at once', async () => {
    const bounds: CallBounds = { ...wideBounds(), signal: AbortSignal.abort() };
    await expect(adapter().read(allRows(), bounds)).rejects.toBeInstanceOf(SourceTimeout);
    await expect(adapter().probe(bounds)).rejects.toBeInstanceOf(SourceTimeout);
  });

  test('a source that does not answer in time is SourceTimeout, stopped, and then serves others', async () => {
    await readSlowly({ ...wideBounds(), timeoutMs: 400 }, ({ error, tookMs }) => {
      expect(error).toBeInstanceOf(SourceTimeout);
      expect(tookMs).toBeLessThan(1500);
    });
  });

  test('a caller who leaves is freed at once and the source stops', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    await readSlowly({ ...wideBounds(), signal: controller.signal }, ({ error, tookMs }) => {
      expect(error).toBeInstanceOf(SourceTimeout);
      expect(tookMs).toBeLessThan(1500);
    });
  });

  test('many callers at once each get their own answer', async () => {
    const ids = held().rows.map((row) => row[0]);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        adapter().read(
          { ...allRows(), columns: ['id'], where: { kind: 'in', column: 'id', values: [ids[index] ?? 0] } },
          wideBounds(),
        ),
      ),
    );
    expect(answers).toEqual(ids.slice(0, 40).map((id) => [[id]]));
  });

  test('a source that nobody answers for is SourceUnavailable', async () => {
    const dead = source().openDead();
    await expect(dead.probe(wideBounds())).rejects.toBeInstanceOf(SourceUnavailable);
    await expect(dead.read(allRows(), wideBounds())).rejects.toBeInstanceOf(SourceUnavailable);
    await expect(dead.describe('contract_rows', wideBounds())).rejects.toBeInstanceOf(SourceUnavailable);
    await dead.close();
  });

  test('close() can be called twice, and later calls are SourceUnavailable', async () => {
    const other = source().open();
    await other.probe(wideBounds());
    await other.close();
    await other.close();
    await expect(other.read(allRows(), wideBounds())).rejects.toBeInstanceOf(SourceUnavailable);
  });
}
