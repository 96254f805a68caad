import type { ColumnType } from '../../../adapters/source-adapter.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { readWatermark, type WatermarkReading } from '../read/freshness/read-watermark.js';
import { type KeyFaults, promiseOf, readKeyFaults } from '../read/keys/key-faults.js';
import type { InterfaceRows, ServedInterface } from '../read/served-interface.js';
import { type CellStudy, studyCells } from './study-cells.js';
import { type CodeStudy, studyCodes } from './study-codes.js';
import { type DayCount, studyDays } from './study-days.js';
import { studyTexts, type TextStudy } from './study-texts.js';
import type { Thresholds } from './thresholds.js';

/** A column as the source shows it. */
export interface SeenColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** What one look into an interface's rows and columns found; a part is null where it cannot be had at a bearable price. */
export interface Study {
  readonly columns: readonly SeenColumn[] | null;
  /** The columns are those of some rows: what all of these leave empty may be missing, and types are guessed. */
  readonly isSample: boolean;
  readonly cells: CellStudy | null;
  readonly days: readonly DayCount[] | null;
  readonly keys: KeyFaults | null;
  /** Empty where it has no days or no codes, or cannot count. */
  readonly codes: readonly CodeStudy[];
  /** Of fields whose texts the mapping names. */
  readonly texts: readonly TextStudy[];
  /** Of what is kept of a source; others tell their watermark with every look. */
  readonly watermark: WatermarkReading | null;
}

/**
 * Looks into an interface: a handful of calls, of which `studyCalls` states the number. Rows of a snapshot are looked at
 * where they are kept.
 *
 * @throws {SourceError} when the source does not answer.
 */
export async function studyInterface(
  one: ServedInterface,
  { dayCompleteAfter }: Pick<Thresholds, 'dayCompleteAfter'>,
  context: CallContext,
): Promise<Study> {
  const atSource: InterfaceRows = one.kept?.live ?? one;
  const { compiled } = one;
  const isSample = atSource.compiled.adapter.capabilities.exchanges;
  const shape = atSource.compiled.isListed ? await atSource.rows.describe(context) : null;
  const hasRows = one.kept !== null ? (await one.kept.snapshot.usable()) !== null : compiled.isListed;
  const counts = hasRows && compiled.adapter.capabilities.tallies;
  const isShown = shape !== null && shape.columns.length > 0;
  return {
    columns: isShown ? shape.columns.map(({ name, type }) => ({ name, type })) : null,
    isSample,
    cells: hasRows ? await studyCells(one, one.kept?.leftOut ?? NONE, context) : null,
    days: counts && dayCompleteAfter !== null ? await studyDays(one, dayCompleteAfter, context) : null,
    keys: counts
      ? await readKeyFaults(one, shape === null ? NO_PROMISE : promiseOf(atSource.compiled, shape), context)
      : null,
    codes: counts && dayCompleteAfter !== null ? await studyCodes(one, context) : [],
    texts: hasRows ? await studyTexts(one, context) : [],
    watermark: one.kept === null || !hasRows ? null : await readWatermark(one, context),
  };
}

/**
 * The columns alone: why a source no longer has what its mapping reads.
 *
 * @throws {SourceError}
 */
export async function studyColumns(one: ServedInterface, context: CallContext): Promise<Study> {
  const { compiled, rows } = one.kept?.live ?? one;
  const { columns } = await rows.describe(context);
  const isSample = compiled.adapter.capabilities.exchanges;
  return {
    columns: columns.length === 0 ? null : columns.map(({ name, type }) => ({ name, type })),
    isSample,
    cells: null,
    days: null,
    keys: null,
    codes: [],
    texts: [],
    watermark: null,
  };
}

const NONE: ReadonlySet<string> = new Set();
const NO_PROMISE = { filled: false, unique: false };
