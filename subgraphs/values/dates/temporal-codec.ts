import { all, any, type Condition, not } from '../../../adapters/condition.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import { NOTHING, nullFor } from '../quality.js';
import { remember } from '../remember.js';
import { cellText, trimText } from '../texts/cell-text.js';
import { nullWords } from '../texts/null-words.js';
import {
  type CellPredicate,
  CLEAN,
  type Decoded,
  type PushedCondition,
  type SortCodec,
  type ValueCodec,
} from '../value-codec.js';
import { addDays } from './calendar.js';
import { AFTER_LAST_DAY, FIRST_DAY, isDaySentinel, isSupportedDay } from './date-bounds.js';
import { CANONICAL_OFFSET, formatMoment, shiftWall } from './moment.js';
import { decodeNoDate } from './no-date.js';
import { isPlausible, markImplausible, type PlausibleDays } from './plausible-days.js';
import { type RawMoment, wallOf } from './raw-moment.js';
import type { SourceZone } from './source-zone.js';
import { boundsOf, spanOf } from './temporal-bounds.js';
import type { TemporalShape } from './temporal-shape.js';

export interface TemporalOptions {
  readonly type: 'Date' | 'DateTime';
  readonly zone: SourceZone;
  /** Further texts that mean "nothing". */
  readonly nulls: readonly string[];
  /** The end of a period that the field names. */
  readonly edge: 'start' | 'end' | undefined;
  /** Null: every day is believed. */
  readonly plausible: PlausibleDays | null;
}

/** Dates and date-times in a column of one shape; every predicate on them is decided by the source. */
export function temporalCodec(shape: TemporalShape, options: TemporalOptions): ValueCodec {
  const reader = compileReader(shape, options);
  const within = compileWithin(shape, options);
  const { type, zone } = options;
  const { fixedOffset } = zone;
  return {
    decode: reader.decode,
    push: (predicate, column) => pushTemporal(predicate, column, options, within),
    ...(fixedOffset !== null && {
      sort: {
        guard: (column) => plausibleCells(column, options, within),
        sortText: reader.sortText,
        cellOf: (sortText) => cellOfSortText(sortText, shape, fixedOffset),
        compare: 'text',
        ...(type === 'Date' && shape.timed === true && { finer: true as const }),
      } satisfies SortCodec,
    }),
  };
}

/** Longer cells hold a time as well, and seldom come twice. */
const DAY_LENGTH = 10;

function compileReader(shape: TemporalShape, { type, zone, nulls, plausible }: TemporalOptions) {
  const words = nullWords(nulls);
  const further = new Set(nulls);
  const read = (cell: SourceValue): RawMoment | Decoded<null> => {
    if (cell === null) return NOTHING;
    const moment = shape.read(cell);
    const text = cellText(cell) ?? '';
    if (moment === null) return decodeNoDate(trimText(text), words);
    if (further.has(text)) return nullFor('NULL_WORD');
    if (isSupportedDay(moment.day)) return moment;
    return isDaySentinel(moment.day) ? NOTHING : nullFor('DATE_UNREADABLE');
  };
  const canonicalWall = (moment: RawMoment): string =>
    moment.time === null ? wallOf(moment) : zone.toCanonical(wallOf(moment));
  const decode = (cell: SourceValue): Decoded => {
    const moment = read(cell);
    if ('value' in moment) return moment;
    const wall = canonicalWall(moment);
    return { value: type === 'Date' ? wall.slice(0, 10) : formatMoment(wall), quality: CLEAN };
  };
  const decodeDay = remember(decode);
  return {
    decode: (cell: SourceValue): Decoded =>
      markImplausible(
        typeof cell === 'string' && cell.length <= DAY_LENGTH ? decodeDay(cell) : decode(cell),
        plausible,
      ),
    /** Finer than the value where the cell is: a day alone sorts before the moments of that day. */
    sortText: (cell: SourceValue): string | null => {
      const moment = read(cell);
      if ('value' in moment) return null;
      const wall = canonicalWall(moment);
      if (!isPlausible(wall, plausible)) return null;
      return moment.time === null ? moment.day : formatMoment(wall, moment.fraction);
    },
  };
}

const SORT_TEXT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(\.\d+)?)?/;

function cellOfSortText(sortText: string, shape: TemporalShape, fixedOffset: number): SourceValue {
  const match = SORT_TEXT.exec(sortText);
  if (match === null)
    throw new TypeError(
      `Cannot resume after ${JSON.stringify(sortText)}: it must be the sort text of a date`,
    );
  const [, day = '', time, fraction = ''] = match;
  if (time === undefined) return shape.write({ day, time: null, fraction: '' });
  const wall = shiftWall(`${day} ${time}`, fixedOffset - CANONICAL_OFFSET);
  return shape.write({ day: wall.slice(0, 10), time: wall.slice(11), fraction });
}

/** Cells whose canonical wall lies within two walls; null: no bound but the supported days. */
type Within = (column: string, from: string | null, before: string | null) => PushedCondition;

/** Offsets of zones with daylight saving lie within these minutes. */
const EARLIEST_OFFSET = -12 * 60;
const LATEST_OFFSET = 14 * 60;

function compileWithin(shape: TemporalShape, { zone, nulls }: TemporalOptions): Within {
  const [least, end] = [`${FIRST_DAY} 00:00:00`, `${AFTER_LAST_DAY} 00:00:00`];
  const excluded = nulls.filter((text) => shape.read(text) !== null);
  const exact = zone.fixedOffset !== null;
  return (column, from, before) => {
    const low =
      from === null ? least : shiftWall(from, (zone.fixedOffset ?? EARLIEST_OFFSET) - CANONICAL_OFFSET);
    const high =
      before === null ? end : shiftWall(before, (zone.fixedOffset ?? LATEST_OFFSET) - CANONICAL_OFFSET);
    // ISO walls sort as text.
    const latest = [low, least].toSorted().at(-1) ?? least;
    const earliest = [high, end].toSorted()[0] ?? end;
    const range = shape.between(column, latest, earliest);
    const spared: Condition[] = excluded.length === 0 ? [] : [not({ kind: 'in', column, values: excluded })];
    return { condition: all([range, ...spared]), exact: exact || (from === null && before === null) };
  };
}

/** Cells that stand in the order: those with a value on a plausible day. */
function plausibleCells(column: string, { plausible }: TemporalOptions, within: Within): Condition {
  if (plausible === null) return within(column, null, null).condition;
  const end = addDays(plausible.last(), 1);
  return within(column, `${plausible.first} 00:00:00`, `${end} 00:00:00`).condition;
}

function pushTemporal(
  predicate: CellPredicate,
  column: string,
  { type }: TemporalOptions,
  within: Within,
): PushedCondition | null {
  if (predicate.op === 'isNull') {
    return { condition: not(within(column, null, null).condition), exact: true };
  }
  if (predicate.op === 'in') {
    const parts = predicate.values.flatMap((value): readonly PushedCondition[] => {
      const span = typeof value === 'string' ? spanOf(value, type) : null;
      return span === null ? [] : [within(column, span.from, span.before)];
    });
    return { condition: any(parts.map((part) => part.condition)), exact: parts.every((part) => part.exact) };
  }
  if (predicate.op !== 'range') return null;
  const from = predicate.from === undefined ? null : boundsOf(predicate.from, type);
  const to = predicate.to === undefined ? null : boundsOf(predicate.to, type);
  if (from === 'unreadable' || to === 'unreadable') return null;
  return within(column, from?.from ?? null, to?.before ?? null);
}
