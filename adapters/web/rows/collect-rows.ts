import { SourceMalformed, SourceTooLarge } from '../../source-error.js';
import type { SourceBinding } from '../../source-object.js';
import type { SourceRow } from '../../source-value.js';
import type { PlannedCall } from '../calls/group-calls.js';
import type { WebBinding } from '../web-binding.js';
import type { WebRow } from '../web-protocol.js';
import type { KeyWatch } from './key-watch.js';
import { type Exchange, readPages } from './read-pages.js';
import type { RowPicker } from './row-picker.js';

/** Calls of one read that run at once; a guard may let through fewer. */
const LANES = 8;
const DEFAULT_MAX_ROWS = 200_000;

interface CollectOptions {
  readonly binding: WebBinding;
  readonly keys: KeyWatch;
  readonly exchange: Exchange;
  /** Rows that may be fetched in all. Default 200,000. */
  readonly maxRows?: number;
}

/**
 * Hands every row of the calls to the picker, until that is full. Exchanges that run by then are left to end by
 * themselves: they are no failures of the source.
 *
 * @throws {SourceTooLarge} when more rows come than may be fetched.
 * @throws {SourceMalformed} on a row without a column of its key, and on a call whose rows are all of another key.
 */
export async function collectRows(
  calls: readonly PlannedCall[],
  picker: RowPicker,
  { binding, keys, exchange, maxRows = DEFAULT_MAX_ROWS }: CollectOptions,
): Promise<void> {
  let fetched = 0;
  const take = (rows: readonly WebRow[]) => {
    fetched += rows.length;
    keys.turnPage();
    for (const row of rows) {
      if (picker.isFull()) continue;
      const cells = cellsOf(row, binding);
      keys.take(cells);
      picker.take(cells);
    }
    if (fetched > maxRows && !picker.isFull()) throw refuseMore(binding, maxRows);
  };
  await runUntil(calls, async (call, stop, isStopped) => {
    const check = createKeyCheck(call, binding);
    for await (const rows of readPages(call.parameters, binding.definition.paging, exchange)) {
      if (isStopped()) return;
      take(rows);
      check.see(rows);
      if (picker.isFull()) return stop();
    }
    check.conclude();
  });
}

type Work = (call: PlannedCall, stop: () => void, isStopped: () => boolean) => Promise<void>;

/** Runs some of the calls at a time; ends with the last of them, with the first failure, or when one says stop. */
async function runUntil(calls: readonly PlannedCall[], work: Work): Promise<void> {
  const waiting = calls.values();
  let isStopped = false;
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      isStopped = true;
      resolve();
    };
    const runLane = async () => {
      for (const call of waiting) {
        if (isStopped) return;
        await work(call, stop, () => isStopped);
      }
    };
    const lanes = Array.from({ length: Math.min(LANES, calls.length) }, runLane);
    Promise.all(lanes).then(stop, (error: unknown) => {
      isStopped = true;
      reject(error);
    });
  });
}

function cellsOf(row: WebRow, { columns, key, interface: name }: SourceBinding): SourceRow {
  for (const column of key) {
    if (row.has(column)) continue;
    throw new SourceMalformed(
      `Cannot read ${name}: every row must have the key column ${JSON.stringify(column)}, but one has only ${[...row.keys()].join(', ')}`,
    );
  }
  return columns.map((column) => row.get(column) ?? null);
}

function refuseMore({ definition, interface: name }: WebBinding, maxRows: number): SourceTooLarge {
  return new SourceTooLarge(
    `Cannot read ${name}: at most ${maxRows} rows may be fetched, but there are more`,
    {
      filterBy: [...new Set(definition.ask.map(({ column }) => column))],
      detail:
        '此数据接口的数据过多，须进一步筛选 / This interface has too many rows to look through: filter by more of its fields',
    },
  );
}

interface KeyCheck {
  see(rows: readonly WebRow[]): void;
  /** @throws {SourceMalformed} */
  conclude(): void;
}

/**
 * A source may send more than it was asked for, and may spell a key differently; but if nothing of what it sends has
 * the key, it has answered another question.
 */
function createKeyCheck({ asked }: PlannedCall, { interface: name }: WebBinding): KeyCheck {
  const wanted = [...asked].map(([column, texts]) => ({
    column,
    texts: new Set([...texts].map(fold)),
    isMet: false,
  }));
  let received = 0;
  return {
    see: (rows) => {
      received += rows.length;
      for (const each of wanted) {
        each.isMet ||= rows.some((row) => each.texts.has(fold(row.get(each.column) ?? '')));
      }
    },
    conclude: () => {
      const unmet = received === 0 ? undefined : wanted.find((each) => !each.isMet);
      if (unmet === undefined) return;
      throw new SourceMalformed(
        `Cannot read ${name}: the rows must be of the ${unmet.column} that was asked for, but none of ${received} is`,
      );
    },
  };
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
