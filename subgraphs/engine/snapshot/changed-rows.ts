import type { Condition } from '../../../adapters/condition.js';
import { isAskedFrom } from '../../../adapters/source-object.js';
import type { SourceRow } from '../../../adapters/source-value.js';
import { countyMoment } from '../../../runtime/clock.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';

/**
 * The condition on rows from a moment of the source's own clock on; null where the source cannot be asked so.
 *
 * @param since ISO 8601 at +08:00.
 */
export function changedSince(compiled: CompiledInterface, since: string): Condition | null {
  const { watermark, adapter, mapping } = compiled;
  if (watermark === null) return null;
  if (!adapter.capabilities.filters && !isAskedFrom(mapping.source.object, watermark.column)) return null;
  return watermark.codec.push({ op: 'range', from: since }, watermark.column)?.condition ?? null;
}

/** The greatest plausible watermark of rows, or `known` if that is greater; null when nothing tells. */
export function greatestWatermark(
  { watermark }: CompiledInterface,
  columns: readonly string[],
  rows: readonly SourceRow[],
  known: string | null,
): string | null {
  if (watermark === null) return null;
  const place = columns.indexOf(watermark.column);
  let greatest = known;
  for (const row of rows) {
    const { value, quality } = watermark.codec.decode(row[place] ?? null);
    if (typeof value !== 'string' || quality.includes('DATE_IMPLAUSIBLE')) continue;
    // At one offset, ISO moments sort as text.
    if (greatest === null || value > greatest) greatest = value;
  }
  return greatest;
}

/**
 * From which moment on the next reading must ask, so that it misses nothing: a reading's rows are as new as the source's
 * clock was when it began, less what was committed late or under a clock that is not ours.
 *
 * @param startedAt when the reading began, by our clock.
 * @param greatest the newest row that was seen, by the source's clock; null: nothing can be said.
 * @returns ISO 8601 at +08:00.
 */
export function momentBefore(
  { adapter, mapping }: CompiledInterface,
  startedAt: Date,
  greatest: string | null,
): string | null {
  if (greatest === null) return null;
  const { clockSkewMs = 0 } = adapter.stats?.() ?? {};
  const newest = Math.min(Date.parse(greatest), startedAt.getTime() + clockSkewMs);
  const overlapMs = (mapping.snapshot?.overlapSeconds ?? 0) * 1000;
  return countyMoment(new Date(newest - overlapMs));
}
