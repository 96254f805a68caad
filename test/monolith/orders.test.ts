import { randomFor } from '../../demo/random.js';
import type { Executor } from '../../gateway/execute/executor.js';
import { askExecutor } from '../../gateway/testing/ask-executor.js';
import { atDepth } from '../deep.js';
import type { GeneratedOperation } from './generate/generate-operation.js';
import { describeOperation, operationOf, SEED } from './generate/seeded-operations.js';
import { BUDGET_MS, executorOver, GRAPHS, type GraphUnderTest, localPorts } from './graph-under-test.js';
import { openRemotePorts, type RemotePorts } from './remote-ports.js';
import { ReplyOrder } from './reply-order.js';

/** The county's answers cost three times as much. */
const OPERATIONS = {
  'the benchmark graph': atDepth(8, 24),
  'the county': atDepth(3, 8),
} as const;
const ORDERS = atDepth(20, 100);
/** Without batching there are more requests, but less to mix up. */
const UNBATCHED_ORDERS = atDepth(3, 10);
/** Over HTTP, where a call costs more. */
const REMOTE_ORDERS = atDepth(2, 6);
/** Operations that are asked at the same time there. */
const AT_ONCE = 5;
/** Shorter operations ask one subgraph and have one order. */
const MIN_LENGTH = 250;
const TIMEOUT_MS = 900_000;

/** Everything of an answer that a caller may rely on; errors come in any order. */
async function answerOf(executor: Executor, operation: GeneratedOperation): Promise<string> {
  const { query, variables, operationName } = operation;
  const named = operationName === undefined ? {} : { operationName };
  const { data, errors = [] } = await askExecutor(executor, {
    query,
    variables,
    budgetMs: BUDGET_MS,
    ...named,
  });
  return [JSON.stringify(data), ...errors.map((error) => JSON.stringify(error)).sort()].join('\n');
}

function largeOperations(
  graph: GraphUnderTest,
  name: keyof typeof OPERATIONS,
): readonly GeneratedOperation[] {
  const found: GeneratedOperation[] = [];
  for (let index = 0; found.length < OPERATIONS[name]; index++) {
    const operation = operationOf(graph.operations, name, index);
    if (operation !== null && operation.query.length >= MIN_LENGTH) found.push(operation);
  }
  return found;
}

describe.each(GRAPHS)('%s', (name, open) => {
  const order = new ReplyOrder(randomFor(SEED, name));
  let graph: GraphUnderTest;
  let remote: RemotePorts;
  let operations: readonly GeneratedOperation[];
  let expected: readonly string[];
  const executors: Executor[] = [];

  beforeAll(async () => {
    graph = await open();
    remote = await openRemotePorts(graph.schemas, () => order.linger());
    operations = largeOperations(graph, name);
    const answers: string[] = [];
    for (const operation of operations) answers.push(await answerOf(graph.executor, operation));
    expected = answers;
  }, 120_000);

  afterAll(async () => {
    await Promise.all(executors.map((executor) => executor.close()));
    await remote?.close();
    await graph?.close();
  });

  const executorFor = async (...options: Parameters<typeof executorOver>): Promise<Executor> => {
    const executor = await executorOver(...options);
    executors.push(executor);
    return executor;
  };

  const expectAnswer = async (executor: Executor, index: number, draw: number): Promise<void> => {
    const operation = operations[index] as GeneratedOperation;
    const answer = await answerOf(executor, operation);
    if (answer === expected[index]) return;
    throw new Error(
      `MONOLITH_SEED=${SEED}, operation ${index}, order ${draw}:\n${describeOperation(operation)}\n` +
        `expected\n${expected[index]}\nbut got\n${answer}`,
    );
  };

  /** Asks everything in so many orders, one operation after another. */
  const expectSameAnswers = async (executor: Executor, orders: number): Promise<void> => {
    for (const index of operations.keys()) {
      for (let draw = 0; draw < orders; draw++) {
        order.draw(randomFor(SEED, name, index, draw));
        await expectAnswer(executor, index, draw);
      }
    }
  };

  /** Asks several operations at a time, each twice. */
  const expectSameAnswersAtOnce = async (executor: Executor, orders: number): Promise<void> => {
    for (let from = 0; from < operations.length; from += AT_ONCE) {
      const indices = [...operations.keys()].slice(from, from + AT_ONCE);
      for (let draw = 0; draw < orders; draw++) {
        order.draw(randomFor(SEED, name, 'at once', from, draw));
        await Promise.all([...indices, ...indices].map((index) => expectAnswer(executor, index, draw)));
      }
    }
  };

  it.each([
    { batches: true, orders: ORDERS },
    { batches: false, orders: UNBATCHED_ORDERS },
  ])(
    `answers alike in $orders orders of replies, batching $batches (seed ${SEED})`,
    async ({ batches, orders }) => {
      const ports = order.over(localPorts(graph.schemas));
      const executor = await executorFor(graph.supergraphSdl, ports, { batches });
      await expectSameAnswers(executor, orders);
    },
    TIMEOUT_MS,
  );

  it(
    `answers alike over HTTP, sharing identical reads under way or not (seed ${SEED})`,
    async () => {
      const { supergraphSdl } = graph;
      await expectSameAnswersAtOnce(await executorFor(supergraphSdl, remote.separate), REMOTE_ORDERS);
      const separately = remote.takeCalls();
      await expectSameAnswersAtOnce(await executorFor(supergraphSdl, remote.sharing), REMOTE_ORDERS);
      expect(remote.takeCalls()).toBeLessThan(separately);
    },
    TIMEOUT_MS,
  );
});
