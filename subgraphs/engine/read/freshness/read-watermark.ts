import { ALWAYS, type Condition } from '../../../../adapters/condition.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import { addDays } from '../../../values/dates/calendar.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import type { InterfaceRows } from '../served-interface.js';

/** What a look for the newest row found. */
export type WatermarkReading =
  /** ISO 8601 at +08:00. */
  | { readonly kind: 'newest'; readonly asOf: string }
  /** No row since that day. */
  | { readonly kind: 'none-since'; readonly day: string }
  /** The mapping has no watermark, or the source cannot be asked for it. */
  | { readonly kind: 'unknown' };

const UNKNOWN: WatermarkReading = { kind: 'unknown' };

/** Asks an interface's source for its newest row. @throws {SourceError} */
export async function readWatermark(
  { compiled, rows: door }: InterfaceRows,
  context: CallContext,
): Promise<WatermarkReading> {
  if (compiled.watermark === null || compiled.info.lookupOnly) return UNKNOWN;
  const { column, codec } = compiled.watermark;
  if (!compiled.adapter.capabilities.tallies) return readRecent({ compiled, rows: door }, context);
  if (!compiled.isListed) return UNKNOWN;
  const [group] = await door.tally(
    {
      of: 'versions',
      where: codec.sort?.guard(column) ?? ALWAYS,
      groupBy: [],
      max: [column],
      maxGroups: 1,
    },
    context,
  );
  const value = codec.decode(group?.max[0] ?? null).value;
  return typeof value === 'string' ? { kind: 'newest', asOf: value } : UNKNOWN;
}

/** A source that cannot say what its newest row is, is asked for its rows of the last days. */
async function readRecent(
  { compiled, rows: door }: InterfaceRows,
  context: CallContext,
): Promise<WatermarkReading> {
  const { watermark, mapping, required, isListed } = compiled;
  const recent = mapping.watermark?.recent;
  if (watermark === null || recent === undefined) return UNKNOWN;
  if (!isListed && !required.includes(recent.column)) return UNKNOWN;
  const day = addDays(context.today, -Math.ceil(recent.withinSeconds / SECONDS_PER_DAY));
  const where = sinceDay(compiled, recent.column, day);
  if (where === null) return UNKNOWN;
  const { column, codec } = watermark;
  const { maxRowsScanned } = mapping.limits;
  const rows = await door.read(
    { of: 'versions', columns: [column], where, orderBy: [], limit: maxRowsScanned },
    context,
  );
  const moments = rows.flatMap(([cell]) => {
    const { value, quality } = codec.decode(cell ?? null);
    return typeof value === 'string' && !quality.includes('DATE_IMPLAUSIBLE') ? [value] : [];
  });
  // At one offset, ISO moments sort as text.
  const newest = moments.sort().at(-1);
  return newest === undefined ? { kind: 'none-since', day } : { kind: 'newest', asOf: newest };
}

const SECONDS_PER_DAY = 86_400;

/** The condition that a field of the column states for days from one on; null when no field can state it. */
function sinceDay(compiled: CompiledInterface, column: string, day: string): Condition | null {
  for (const field of compiled.fields.values()) {
    if (field.kind !== 'column' || field.column !== column || field.mapping.type !== 'Date') continue;
    const pushed = field.codec.push({ op: 'range', from: day }, column);
    if (pushed !== null) return pushed.condition;
  }
  return null;
}
