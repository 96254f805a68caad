import { isIsoDay } from '../../values/dates/calendar.js';
import { canonicalMoment } from '../../values/dates/moment.js';
import { compareDecimals, isDecimal } from '../../values/numbers/decimal.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import { badInput } from './bad-input.js';

/** Both ends belong to it. */
interface Range {
  readonly from?: string;
  readonly to?: string;
}

interface RangeType {
  /** Names of the ends. */
  readonly ends: readonly [from: string, to: string];
  readonly read: (value: unknown, path: string) => string;
  readonly compare: (left: string, right: string) => number;
}

const TYPES = {
  dates: { ends: ['from', 'to'], read: readDay, compare: compareCodePoints },
  moments: { ends: ['from', 'to'], read: readMoment, compare: compareMoments },
  decimals: { ends: ['from', 'to'], read: readDecimal, compare: compareDecimals },
  sums: { ends: ['gte', 'lte'], read: readDecimal, compare: compareDecimals },
  integers: { ends: ['gte', 'lte'], read: (value) => String(value), compare: compareDecimals },
} as const satisfies Record<string, RangeType>;

/** @throws BAD_USER_INPUT on a range without ends, or that ends before it begins. */
export function readRange(value: unknown, path: string, name: keyof typeof TYPES): Range {
  const type: RangeType = TYPES[name];
  const given = value as Readonly<Record<string, unknown>>;
  const [from, to] = type.ends.map((end) => {
    const text = given[end];
    return text === null || text === undefined ? undefined : type.read(text, `${path}.${end}`);
  });
  if (from === undefined && to === undefined) {
    const [first, second] = type.ends;
    throw badInput(path, `至少写 ${first} 或 ${second} 之一。`, `must have ${first} or ${second}.`);
  }
  if (from !== undefined && to !== undefined && type.compare(from, to) > 0) {
    throw badInput(path, `起点 ${from} 晚于终点 ${to}。`, `must not begin (${from}) after its end (${to}).`);
  }
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function readDay(value: unknown, path: string): string {
  if (typeof value === 'string' && isIsoDay(value)) return value;
  throw badInput(
    path,
    `应为日期 yyyy-MM-dd，实为 ${JSON.stringify(value)}。`,
    `must be a calendar day yyyy-MM-dd, but is ${JSON.stringify(value)}.`,
  );
}

/** A day stands for its first moment as the beginning of a range, and for all of it as the end. */
function readMoment(value: unknown, path: string): string {
  if (typeof value === 'string' && (isIsoDay(value) || canonicalMoment(value) !== null)) return value;
  throw badInput(
    path,
    `应为时间（ISO 8601）或日期 yyyy-MM-dd，实为 ${JSON.stringify(value)}。`,
    `must be a moment (ISO 8601) or a day yyyy-MM-dd, but is ${JSON.stringify(value)}.`,
  );
}

function compareMoments(left: string, right: string): number {
  const bothExact = !isIsoDay(left) && !isIsoDay(right);
  const text = (moment: string): string =>
    (canonicalMoment(moment) ?? moment).slice(0, bothExact ? undefined : 10);
  return compareCodePoints(text(left), text(right));
}

function readDecimal(value: unknown, path: string): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && isDecimal(text)) return text;
  throw badInput(
    path,
    `应为金额（元），如 "1200.50"，实为 ${JSON.stringify(value)}。`,
    `must be an amount in yuan such as "1200.50", but is ${JSON.stringify(value)}.`,
  );
}
