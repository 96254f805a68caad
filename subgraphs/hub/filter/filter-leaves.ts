import type { FieldCondition, RowCondition } from '../../kinds/row-condition.js';
import type { FilterInput, FilterOperator } from '../../kinds/surface/filter-inputs.js';
import { badInput } from './bad-input.js';
import { readRange } from './read-range.js';

/**
 * Reads the value of one input of a filter.
 *
 * @param path where it stands, for messages.
 * @throws BAD_USER_INPUT
 */
type LeafReader = (value: unknown, path: string, input: FilterInput) => RowCondition;

const TOWNSHIP = /^\d{9}$/;

const READERS: { readonly [operator in FilterOperator]: LeafReader } = {
  in: (value, path, { field }) => ({ field, in: textList(value, path) }),
  townships: (value, path, { field }) => ({ field, in: townshipList(value, path) }),
  contains: (value, path, { field }) => ({ field, contains: nonEmpty(value, path) }),
  startsWith: (value, path, { field }) => ({ field, startsWith: nonEmpty(value, path) }),
  number: (value, path, { field }) => ({ field, sameNumber: nonEmpty(value, path) }),
  numbers: (value, path, { field }) => ({
    any: textList(value, path).map((number): FieldCondition => ({ field, sameNumber: number })),
  }),
  dates: (value, path, { field }) => ({ field, ...readRange(value, path, 'dates') }),
  moments: (value, path, { field }) => ({ field, ...readRange(value, path, 'moments') }),
  decimals: (value, path, { field }) => ({ field, ...readRange(value, path, 'decimals') }),
  integers: (value, path, { field }) => ({ field, ...readRange(value, path, 'integers') }),
  flag: (value, _path, { field }) => ({ field, in: [value === true] }),
  is: (value, _path, { field }) => onlyIf(value, { field, in: [true] }),
  present: (value, _path, { field }) => ({ field, isNull: value !== true }),
  limit: (value, path, input) => ({ field: input.field, from: String(readLimit(value, path, input) + 1) }),
};

/** @throws BAD_USER_INPUT */
export function readLeaf(value: unknown, path: string, input: FilterInput): RowCondition {
  return READERS[input.operator](value, path, input);
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

function townshipList(value: unknown, path: string): readonly string[] {
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
  return codes;
}

function onlyIf(value: unknown, condition: RowCondition): RowCondition {
  return value === true ? condition : { not: condition };
}

/** The number that a row must exceed. */
function readLimit(value: unknown, path: string, { limit }: FilterInput): number {
  if (limit === undefined) throw new RangeError(`Cannot read ${path}: the filter must declare its limit`);
  const { parameter, min, max } = limit;
  const number = Number((value as Readonly<Record<string, unknown>>)[parameter] ?? limit.default);
  if (number >= min && number <= max) return number;
  throw badInput(
    `${path}.${parameter}`,
    `应在 ${min} 与 ${max} 之间，实为 ${number}。`,
    `must be between ${min} and ${max}, but is ${number}.`,
  );
}
