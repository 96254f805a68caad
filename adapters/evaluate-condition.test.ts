import type { Condition } from './condition.js';
import { evaluateCondition } from './evaluate-condition.js';
import { SourceRejected } from './source-error.js';
import type { SourceRow } from './source-value.js';

const COLUMNS = [
  { name: 'name', type: 'text' },
  { name: 'amount', type: 'decimal' },
  { name: 'count', type: 'integer' },
  { name: 'at', type: 'datetime' },
] as const;

const ROW: SourceRow = ['嵊泗', '12.50', 2n ** 60n, '2026-06-30 08:00:00'];
const EMPTY: SourceRow = [null, null, null, null];

const holds = (condition: Condition, row: SourceRow): boolean => evaluateCondition(condition, COLUMNS)(row);

test.each<[Condition, boolean]>([
  [{ kind: 'compare', column: 'amount', op: 'eq', value: 12.5 }, true],
  [{ kind: 'compare', column: 'amount', op: 'gt', value: '9' }, true],
  [{ kind: 'compare', column: 'amount', op: 'gt', value: '9 yuan' }, false],
  [{ kind: 'compare', column: 'count', op: 'eq', value: '1152921504606846976' }, true],
  [{ kind: 'compare', column: 'count', op: 'eq', value: '1152921504606846977' }, false],
  [{ kind: 'compare', column: 'at', op: 'gte', value: '2026-06-30' }, true],
  [{ kind: 'compare', column: 'at', op: 'lte', value: '2026-06-30' }, false],
  [{ kind: 'compare', column: 'at', op: 'eq', value: '2026-06-30 08:00:00.000' }, true],
  [{ kind: 'in', column: 'name', values: ['普陀', '嵊泗'] }, true],
  [{ kind: 'inTuples', columns: ['name', 'amount'], tuples: [['嵊泗', '12.5']] }, true],
  [{ kind: 'inTuples', columns: ['name', 'amount'], tuples: [['嵊泗', '12.6']] }, false],
  [{ kind: 'matches', column: 'name', pattern: '嵊.' }, true],
  [{ kind: 'matches', column: 'name', pattern: '嵊' }, false],
  [{ kind: 'contains', column: 'name', text: '泗' }, true],
  [{ kind: 'startsWith', column: 'name', text: '嵊' }, true],
  [{ kind: 'startsWith', column: 'name', text: '泗' }, false],
  [{ kind: 'isNull', column: 'name' }, false],
])('%j is %p of a full row', (condition, expected) => {
  expect(holds(condition, ROW)).toBe(expected);
  expect(holds({ kind: 'not', of: condition }, ROW)).toBe(!expected);
});

test.each<Condition>([
  { kind: 'compare', column: 'amount', op: 'lt', value: '100' },
  { kind: 'in', column: 'name', values: ['', 'null'] },
  { kind: 'inTuples', columns: ['name', 'count'], tuples: [['', 0]] },
  { kind: 'matches', column: 'name', pattern: '.*' },
  { kind: 'contains', column: 'name', text: '' },
  { kind: 'startsWith', column: 'name', text: '' },
])('%j is false of empty cells, and its negation true', (condition) => {
  expect(holds(condition, EMPTY)).toBe(false);
  expect(holds({ kind: 'not', of: condition }, EMPTY)).toBe(true);
});

test('all of nothing holds, any of nothing does not', () => {
  expect(holds({ kind: 'all', of: [] }, ROW)).toBe(true);
  expect(holds({ kind: 'any', of: [] }, ROW)).toBe(false);
});

test('a column that the rows have not is rejected when the condition is compiled', () => {
  expect(() => evaluateCondition({ kind: 'isNull', column: 'toString' }, COLUMNS)).toThrow(SourceRejected);
});
