import { ALWAYS } from '../../../../adapters/condition.js';
import { SourceMalformed } from '../../../../adapters/source-error.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import { columnsOfMapping } from '../../mapping/mapping-columns.js';
import type { InterfaceRows } from '../served-interface.js';

/** Looks at interfaces no more often than their mappings say; in between, what was found last holds. */
interface SourceProbes {
  /**
   * Whether the source is there, lets us in and has the columns of the mapping.
   *
   * @throws {SourceError} what the last look found.
   */
  look(one: InterfaceRows, context: CallContext): Promise<void>;
  /** A sentence for callers, Chinese first, about columns that a source no longer shows; null: it shows all. */
  noticeOf(interfaceName: string): string | null;
}

/** What was found last. */
interface Probed {
  /** By `performance.now()`. */
  readonly at: number;
  readonly notice: string | null;
  readonly error: unknown;
}

export function createSourceProbes(): SourceProbes {
  const last = new Map<string, Probed>();
  const seen = new Map<string, Set<string>>();
  return {
    noticeOf: (name) => last.get(name)?.notice ?? null,
    look: async (one, context) => {
      const { interface: name, probe } = one.compiled.mapping;
      const known = last.get(name);
      if (known !== undefined && !isDue(known, probe.everySeconds)) {
        if (known.error !== null) throw known.error;
        return;
      }
      const at = performance.now();
      const columns = seen.get(name) ?? new Set<string>();
      seen.set(name, columns);
      try {
        last.set(name, { at, notice: await probeSource(one, columns, context), error: null });
      } catch (error) {
        last.set(name, { at, notice: known?.notice ?? null, error });
        throw error;
      }
    },
  };
}

/** A due probe may come a little early, so that a timer of the same period does not miss every second one. */
const EARLY = 0.9;
const SECOND_MS = 1000;
/** A source that failed is looked at again after so long at most. */
const FAILED_SECONDS = 10;

function isDue({ at, error }: Probed, everySeconds: number): boolean {
  const seconds = error === null ? everySeconds : Math.min(everySeconds, FAILED_SECONDS);
  return performance.now() - at >= seconds * SECOND_MS * EARLY;
}

/** A table refuses a column that it has not; an answer of rows just leaves it out. */
function probeSource(one: InterfaceRows, seen: Set<string>, context: CallContext): Promise<string | null> {
  const { adapter, isListed } = one.compiled;
  return adapter.capabilities.exchanges || !isListed
    ? lookAtSample(one, seen, context)
    : readOneRow(one, context);
}

async function readOneRow({ compiled, rows: door }: InterfaceRows, context: CallContext): Promise<null> {
  const columns = columnsOfMapping(compiled.mapping);
  await door.read({ of: 'versions', columns, where: ALWAYS, orderBy: [], limit: 1 }, context);
  return null;
}

/** @param seen columns that earlier samples had; those of this one are added. */
async function lookAtSample(
  { compiled, rows: door }: InterfaceRows,
  seen: Set<string>,
  context: CallContext,
): Promise<string | null> {
  const { mapping } = compiled;
  const { columns } = await door.describe(context);
  const shown = new Set(columns.map(({ name }) => name));
  if (shown.size === 0) return null;
  const lost = mapping.key.filter((column) => !shown.has(column));
  if (lost.length > 0) {
    throw new SourceMalformed(
      `Cannot read ${compiled.from.name}: every row must have the key ${lost.join(', ')}, but none has`,
    );
  }
  const gone = columnsOfMapping(mapping).filter((column) => seen.has(column) && !shown.has(column));
  for (const column of shown) seen.add(column);
  if (gone.length === 0) return null;
  const fields = [...mapping.fields.values()]
    .filter(({ column }) => column !== undefined && gone.includes(column))
    .map(({ name }) => name);
  const names = fields.length === 0 ? '—' : fields.join('、');
  return `来源不再返回字段 ${names} 的列。The source no longer shows the columns of ${fields.join(', ') || 'a filter'}.`;
}
