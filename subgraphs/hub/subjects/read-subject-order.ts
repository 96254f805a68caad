import { numbersOf } from '../../kinds/surface/numbers.js';
import { SUBJECT_CLAUSES } from '../../kinds/surface/subject-clauses.js';
import { SUBJECT_ORDERS, type SubjectOrderField } from '../../kinds/surface/subject-traits.js';
import { badInput } from '../filter/bad-input.js';
import type { ListArguments } from '../filter/page-window.js';
import { readOrderItems } from '../filter/read-order.js';
import type { Clause } from './read-clause.js';
import { firstClauses, type SubjectCondition } from './subject-condition.js';

type Direction = 'asc' | 'desc';

/** By what the register says. */
export interface RegisterOrder {
  readonly by: 'register';
  readonly field: SubjectOrderField;
  readonly direction: Direction;
}

/** By what a clause of the query finds. */
export interface ClauseOrder {
  readonly by: 'clause';
  readonly clause: Clause;
  /** The field whose sum counts; null: the number of rows. */
  readonly sum: string | null;
  readonly direction: Direction;
}

export type SubjectOrder = RegisterOrder | ClauseOrder;

/** @throws BAD_USER_INPUT on anything but one item with one field, or a clause that the query does not have. */
export function readSubjectOrder(
  { orderBy }: Pick<ListArguments, 'orderBy'>,
  condition: SubjectCondition,
): SubjectOrder {
  if (orderBy === null || orderBy === undefined) return { by: 'register', field: 'id', direction: 'asc' };
  const [only, ...others] = readOrderItems(orderBy);
  if (only === undefined || others.length > 0) {
    throw badInput(
      'orderBy',
      '只能写一项，标识总是最后的排序键。',
      'must have one item: the id is always the last key.',
    );
  }
  const { field, direction } = only;
  const ofRegister = SUBJECT_ORDERS.find((name) => name === field);
  if (ofRegister !== undefined) return { by: 'register', field: ofRegister, direction };
  return readClauseOrder(field, orderBy[0]?.[field], direction, condition);
}

function readClauseOrder(
  field: string,
  value: unknown,
  direction: Direction,
  condition: SubjectCondition,
): ClauseOrder {
  const path = `orderBy[0].${field}`;
  const surface = SUBJECT_CLAUSES.find(({ count, amount }) => count === field || amount === field);
  if (surface === undefined) throw badInput(path, '未知的排序字段。', 'is not a field of this order.');
  const { kind, name, count } = surface;
  const clause = firstClauses(condition).get(kind);
  if (clause === undefined) {
    throw badInput(
      path,
      `查询中没有 ${name} 条件（or、not、owner 以内的不算）；可加 ${name}: {count: {gte: 0}}，它只计数。`,
      `needs a ${name} clause outside \`or\`, \`not\` and \`owner\`; ${name}: {count: {gte: 0}} only counts.`,
    );
  }
  if (field === count) return { by: 'clause', clause, sum: null, direction };
  const given = value as Readonly<Record<string, unknown>>;
  const number = numbersOf(kind).get(String(given.of));
  if (number === undefined) throw badInput(`${path}.of`, '没有这个数值。', 'must name a number.');
  return {
    by: 'clause',
    clause,
    sum: number.field,
    direction: given.direction === 'DESC' ? 'desc' : 'asc',
  };
}
