import type { FeedCondition } from '../../feed/feed.js';
import { addDays, isIsoDay } from '../../values/dates/calendar.js';
import type { WorkingDays } from '../../values/dates/working-days.js';
import { compareDecimals, isDecimal } from '../../values/numbers/decimal.js';
import { badInput } from './bad-input.js';

/** What words such as "expired" are relative to. */
export interface Present {
  readonly today: string;
  readonly workingDays: WorkingDays;
}

/**
 * Reads one field of a filter.
 *
 * @param path where it stands, for messages.
 * @throws BAD_USER_INPUT
 */
export type LeafReader = (value: unknown, path: string, present: Present) => FeedCondition;

/** Licences that ended otherwise are not "expired". */
const ENDED_OTHERWISE = ['WITHDRAWN', 'CANCELLED'];
const TOWNSHIP = /^\d{9}$/;

export function oneOf(field: string): LeafReader {
  return (value, path) => ({ field, in: textList(value, path) });
}

export const townshipIn: LeafReader = (value, path) => {
  const codes = textList(value, path);
  codes.forEach((code, index) => {
    if (!TOWNSHIP.test(code)) {
      throw badInput(
        `${path}[${index}]`,
        `乡镇代码应为 9 位数字，实为“${code}”。`,
        `must be a township code of nine digits, but is ${JSON.stringify(code)}.`,
      );
    }
  });
  return { field: 'township', in: codes };
};

export function isFlag(field: string): LeafReader {
  return (value) => ({ field, in: [value === true] });
}

export function hasValue(field: string): LeafReader {
  return (value) => ({ field, isNull: value !== true });
}

export function sameNumberAs(field: string): LeafReader {
  return (value, path) => ({ field, sameNumber: nonEmpty(value, path) });
}

export const unpaid: LeafReader = (value, _path, { today }) => onlyIf(value, { unpaidOn: today });

export const expired: LeafReader = (value, _path, { today }) =>
  onlyIf(value, {
    all: [{ field: 'validTo', to: addDays(today, -1) }, { not: { field: 'state', in: ENDED_OTHERWISE } }],
  });

/** In force today: valid, and without an end or not yet at it. */
export const valid: LeafReader = (value, _path, { today }) =>
  onlyIf(value, {
    all: [
      { field: 'state', in: ['VALID'] },
      {
        any: [
          { field: 'validTo', isNull: true },
          { field: 'validTo', from: today },
        ],
      },
    ],
  });

export function dateRange(field: string): LeafReader {
  return (value, path) => {
    const [from, to] = [end(value, 'from', path, asDay), end(value, 'to', path, asDay)];
    if (from !== undefined && to !== undefined && from > to) throw emptyRange(path, from, to);
    return rangeOf(field, from, to, path);
  };
}

export function decimalRange(field: string): LeafReader {
  return (value, path) => {
    const [from, to] = [end(value, 'from', path, asDecimal), end(value, 'to', path, asDecimal)];
    if (from !== undefined && to !== undefined && compareDecimals(from, to) > 0) {
      throw emptyRange(path, from, to);
    }
    return rangeOf(field, from, to, path);
  };
}

/** A list of texts; an empty one is a mistake of the caller's, for it can match nothing. */
export function textList(value: unknown, path: string): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw badInput(path, '不能为空列表。', 'must not be an empty list.');
  return list.map((one, index) => nonEmpty(one, `${path}[${index}]`));
}

function nonEmpty(value: unknown, path: string): string {
  const text = String(value ?? '');
  if (text.trim() === '') throw badInput(path, '不能为空。', 'must not be empty.');
  return text;
}

function onlyIf(value: unknown, condition: FeedCondition): FeedCondition {
  return value === true ? condition : { not: condition };
}

function end(
  value: unknown,
  name: 'from' | 'to',
  path: string,
  read: (text: unknown, path: string) => string,
): string | undefined {
  const text = (value as Readonly<Record<string, unknown>>)[name];
  return text === null || text === undefined ? undefined : read(text, `${path}.${name}`);
}

function asDay(value: unknown, path: string): string {
  if (typeof value === 'string' && isIsoDay(value)) return value;
  throw badInput(
    path,
    `应为日期 yyyy-MM-dd，实为 ${JSON.stringify(value)}。`,
    `must be a calendar day yyyy-MM-dd, but is ${JSON.stringify(value)}.`,
  );
}

function asDecimal(value: unknown, path: string): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && isDecimal(text)) return text;
  throw badInput(
    path,
    `应为金额（元），如 "1200.50"，实为 ${JSON.stringify(value)}。`,
    `must be an amount in yuan such as "1200.50", but is ${JSON.stringify(value)}.`,
  );
}

function emptyRange(path: string, from: string, to: string): Error {
  return badInput(path, `起点 ${from} 晚于终点 ${to}。`, `must not begin (${from}) after its end (${to}).`);
}

function rangeOf(
  field: string,
  from: string | undefined,
  to: string | undefined,
  path: string,
): FeedCondition {
  if (from === undefined && to === undefined) {
    throw badInput(path, '至少写 from 或 to 之一。', 'must have from or to.');
  }
  return { field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
