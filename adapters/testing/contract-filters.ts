import fc from 'fast-check';
import { atDepth } from '../../test/deep.js';
import type { Condition } from '../condition.js';
import type { SourceValue } from '../source-value.js';
import { anyCondition, PATTERNS } from './arbitrary-requests.js';
import { CONTRACT_ROWS, TEXTS, VALUES } from './contract-rows.js';
import type { ContractSubject } from './contract-subject.js';
import { expectedIds } from './held-table.js';
import { readHeld, sampleFor } from './read-held.js';

/** Reads that are under way at a time. */
const AT_ONCE = 4;
const PLACED_COLUMNS = CONTRACT_ROWS.columns.map(({ name }, place) => [name, place] as const);

export function describeFilterContract(subject: ContractSubject): void {
  const { held } = subject;
  const idsWhere = async (where: Condition): Promise<(SourceValue | undefined)[]> =>
    (await readHeld(subject, { columns: ['id'], where })).map((row) => row[0]);

  const check = async (conditions: readonly Condition[]) => {
    for (let from = 0; from < conditions.length; from += AT_ONCE) {
      const some = conditions.slice(from, from + AT_ONCE);
      const answers = await Promise.all(some.map(idsWhere));
      for (const [index, condition] of some.entries()) {
        const found = answers[index];
        expect({ condition, found }).toEqual({ condition, found: expectedIds(held(), condition) });
      }
    }
  };

  describe.each(PLACED_COLUMNS)('filters on %s', (column, place) => {
    test('compare with a value of any kind', async () => {
      await check(
        sampleFor(subject, VALUES, place).flatMap((value): Condition[] => [
          { kind: 'compare', column, op: 'eq', value },
          { kind: 'compare', column, op: 'lt', value },
          { kind: 'not', of: { kind: 'compare', column, op: 'gte', value } },
        ]),
      );
    });

    test('find empty cells and the others', async () => {
      await check([
        { kind: 'isNull', column },
        { kind: 'not', of: { kind: 'isNull', column } },
        { kind: 'compare', column, op: 'eq', value: '' },
      ]);
    });

    test('find cells among many values', async () => {
      await check([
        { kind: 'in', column, values: [] },
        { kind: 'in', column, values: VALUES },
        { kind: 'not', of: { kind: 'in', column, values: VALUES.slice(0, 40) } },
      ]);
    });

    test('match patterns, contain texts and start with them', async () => {
      await check([
        ...sampleFor(subject, PATTERNS, place).map(
          (pattern): Condition => ({ kind: 'matches', column, pattern }),
        ),
        ...sampleFor(subject, TEXTS, place).map((text): Condition => ({ kind: 'contains', column, text })),
        ...sampleFor(subject, beginnings(), place).map(
          (text): Condition => ({ kind: 'startsWith', column, text }),
        ),
      ]);
    });
  });

  test('conditions nest, and null is false before and true after a negation', async () => {
    await fc.assert(
      fc.asyncProperty(anyCondition, async (condition) => {
        expect(await idsWhere(condition)).toEqual(expectedIds(held(), condition));
      }),
      { numRuns: subject.adapter().capabilities.filters ? atDepth(100, 1000) : atDepth(20, 200) },
    );
  });

  test('a thousand conditions are not too deep', async () => {
    const of = Array.from(
      { length: 1500 },
      (_, index): Condition => ({
        kind: 'compare',
        column: 'size',
        op: 'eq',
        value: index * 12,
      }),
    );
    expect(await idsWhere({ kind: 'any', of })).toEqual(expectedIds(held(), { kind: 'any', of }));
  });

  test.each([1, 2, 37, 500])('%i keys and tuples are answered in one call', async (count) => {
    const ids = Array.from({ length: count }, (_, index) => index * 3 + 1);
    const keys: Condition = { kind: 'in', column: 'id', values: ids.map(String) };
    expect(await idsWhere(keys)).toEqual(expectedIds(held(), keys));
    const tuples = ids.map((id) => {
      const row = CONTRACT_ROWS.rows[(id - 1) % CONTRACT_ROWS.rows.length];
      return [row?.[2] ?? '', row?.[0] ?? 0];
    });
    const pairs: Condition = { kind: 'inTuples', columns: ['label', 'id'], tuples };
    expect(await idsWhere(pairs)).toEqual(expectedIds(held(), pairs));
  });
}

/** Every text, the beginnings of some, and the last characters before and after the surrogates and of all. */
function beginnings(): readonly string[] {
  const texts = CONTRACT_ROWS.rows.flatMap((row) => row.filter((cell) => typeof cell === 'string'));
  const short = texts.map((text) => [...text].slice(0, 2).join(''));
  return [...new Set([...TEXTS, ...short, '1', '-', '20', '\ud7ff', '\ue000', '\u{10ffff}', 'a\u{10ffff}'])];
}
