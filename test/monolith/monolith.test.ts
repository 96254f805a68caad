import { parse } from 'graphql';
import { askExecutor } from '../../gateway/testing/ask-executor.js';
import { atDepth } from '../deep.js';
import { differenceOf } from './compare-answers.js';
import type { GeneratedOperation } from './generate/generate-operation.js';
import { describeOperation, operationOf, SEED } from './generate/seeded-operations.js';
import { shrinkOperation } from './generate/shrink-operation.js';
import { BUDGET_MS, GRAPHS, type GraphUnderTest, newContext } from './graph-under-test.js';
import type { MonolithAnswer } from './monolith-of.js';

/** Valid operations over each graph; the county's cost three times as much. */
const OPERATIONS_OF = {
  'the benchmark graph': atDepth(200, 3500),
  'the county': atDepth(80, 1500),
} as const;
/** After so many the search for differences ends; each is shrunk and shown. */
const MAX_FAILURES = 3;
/** Operations under way at a time: while one is planned in a thread, others are answered. */
const AT_A_TIME = 3;
const TIMEOUT_MS = 1_800_000;

interface Comparison {
  readonly expected: MonolithAnswer;
  readonly difference: string | null;
}

async function compare(graph: GraphUnderTest, operation: GeneratedOperation): Promise<Comparison> {
  const { query, variables, operationName } = operation;
  const request = { document: parse(query), variables, operationName };
  const expected = await graph.monolith.execute(request, newContext());
  const named = operationName === undefined ? {} : { operationName };
  const question = { query, variables, budgetMs: BUDGET_MS, ...named };
  const actual = await askExecutor(graph.executor, question);
  return { expected, difference: await differenceOf(expected, actual) };
}

async function explain(graph: GraphUnderTest, index: number, operation: GeneratedOperation): Promise<string> {
  const differs = async (smaller: GeneratedOperation): Promise<boolean> =>
    (await compare(graph, smaller)).difference !== null;
  const small = await shrinkOperation(graph.monolith.schema, operation, differs);
  const { difference } = await compare(graph, small);
  return [
    `MONOLITH_SEED=${SEED}, operation ${index}:`,
    describeOperation(operation),
    'shrunk to:',
    describeOperation(small),
    difference ?? '… which differs no more',
  ].join('\n\n');
}

describe.each(GRAPHS)('%s', (name, open) => {
  const OPERATIONS = OPERATIONS_OF[name];
  let graph: GraphUnderTest;

  beforeAll(async () => {
    graph = await open();
  }, 120_000);

  afterAll(() => graph?.close());

  it(
    `answers ${OPERATIONS} generated operations as one schema does that holds everything (seed ${SEED})`,
    async () => {
      const seen = { valid: 0, invalid: 0, failing: 0, large: 0 };
      const failures: Promise<string>[] = [];
      let next = 0;
      const work = async (): Promise<void> => {
        while (seen.valid < OPERATIONS && failures.length < MAX_FAILURES) {
          const index = next++;
          const operation = operationOf(graph.operations, name, index);
          if (operation === null) {
            seen.invalid++;
            continue;
          }
          seen.valid++;
          const { expected, difference } = await compare(graph, operation);
          if (difference !== null) failures.push(explain(graph, index, operation));
          if (expected.errors.size > 0) seen.failing++;
          if (JSON.stringify(expected.data).length > 100) seen.large++;
        }
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, work));
      if (failures.length > 0) throw new Error((await Promise.all(failures)).join('\n\n────\n\n'));
      // Otherwise there would be nothing to compare.
      expect(seen.invalid).toBeLessThanOrEqual(OPERATIONS / 10);
      expect(seen.failing).toBeGreaterThanOrEqual(Math.floor(OPERATIONS / 50));
      expect(seen.large).toBeGreaterThanOrEqual(Math.floor(OPERATIONS / 4));
    },
    TIMEOUT_MS,
  );
});
