import { ALWAYS, all } from '../../../../adapters/condition.js';
import { SourceError } from '../../../../adapters/source-error.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import { countyMoment } from '../../../../runtime/clock.js';
import type { InterfaceRows, ServedInterface } from '../served-interface.js';
import { momentMark, versionMark } from './mark-text.js';

/** Rows may be committed so long after the moment that they bear, and a source's clock may be so far from ours. */
const OVERLAP_MS = 10 * 60_000;

/**
 * Where an interface stands: every row that appears or changes afterwards is newer than this mark. Null where nothing
 * tells: the source keeps no watermark, or cannot be asked by it.
 *
 * @param from where the rows are read from.
 */
export async function readMark(
  one: ServedInterface,
  from: InterfaceRows,
  context: CallContext,
): Promise<string | null> {
  const version = versionOf(one, from);
  if (version !== undefined) return version === null ? null : versionMark(from.compiled, version);
  try {
    const newest = await newestMoment(from, context);
    return newest === null ? null : momentMark(from.compiled, countyMoment(new Date(newest - OVERLAP_MS)));
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}

/** The version that rows are read from, of a snapshot or of dropped files; null: there is none yet. Undefined: there are no versions. */
export function versionOf(one: ServedInterface, from: InterfaceRows): string | null | undefined {
  if (one.kept !== null && from === one) return one.kept.snapshot.status().version?.version ?? null;
  return from.compiled.adapter.version?.();
}

/** The greatest watermark that is not still to come: one of a distant year would hide every row after it. */
async function newestMoment({ compiled, rows }: InterfaceRows, context: CallContext): Promise<number | null> {
  const { adapter, watermark, isListed, environment } = compiled;
  const { filters, tallies } = adapter.capabilities;
  if (watermark === null || !isListed || !filters || !tallies) return null;
  const { column, codec } = watermark;
  const latest = environment.clock.now().getTime() + OVERLAP_MS;
  const before = codec.push({ op: 'range', to: countyMoment(new Date(latest)) }, column);
  if (before === null) return null;
  const [group] = await rows.tally(
    {
      of: 'versions',
      where: all([codec.sort?.guard(column) ?? ALWAYS, before.condition]),
      groupBy: [],
      max: [column],
      maxGroups: 1,
    },
    context,
  );
  const { value } = codec.decode(group?.max[0] ?? null);
  const newest = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return newest <= latest ? newest : null;
}
