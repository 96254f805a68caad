import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ExecutionResult, parse } from 'graphql';
import { createApolloEngine } from '../../gateway/execute/apollo/apollo-engine.js';
import type { Executor } from '../../gateway/execute/executor.js';
import { askExecutor } from '../../gateway/testing/ask-executor.js';
import { createRecordingObserver } from '../../gateway/testing/recording-observer.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { exampleQuery } from '../county/ask.js';
import { differenceOf } from '../monolith/compare-answers.js';
import type { GeneratedOperation } from '../monolith/generate/generate-operation.js';
import { describeOperation, operationOf, SEED } from '../monolith/generate/seeded-operations.js';
import {
  BUDGET_MS,
  GRAPHS,
  type GraphUnderTest,
  localPorts,
  newContext,
} from '../monolith/graph-under-test.js';
import { type Comparison, compareAnswers } from './compare-engines.js';
import { type ReferenceFault, referenceFaults } from './reference-faults.js';

/** Together 500; the county's cost ten times as much each. `ENGINE_OPERATIONS` asks for more of each. */
const OPERATIONS_OF = {
  'the benchmark graph': Number(process.env.ENGINE_OPERATIONS ?? 460),
  'the county': Number(process.env.ENGINE_OPERATIONS ?? 40),
} as const;
/** Operations under way at a time: while one is planned in a thread, others are answered. */
const AT_A_TIME = 3;
/** An oracle that is excused too often is none. */
const MAX_EXCUSED = 0.1;
const TIMEOUT_MS = 300_000;
const QUERIES = join(findProjectRoot(), 'examples', 'queries');

interface Engines {
  readonly graph: GraphUnderTest;
  readonly reference: Executor;
  readonly faults: readonly ReferenceFault[];
}

async function openEngines(open: () => Promise<GraphUnderTest>): Promise<Engines> {
  const graph = await open();
  const { supergraphSdl, monolith } = graph;
  const ports = localPorts(graph.schemas);
  const reference = await createApolloEngine({
    supergraphSdl,
    observer: createRecordingObserver(),
    subgraph: ({ name }) => {
      const port = ports.get(name);
      if (port === undefined) throw new Error(`no subgraph ${name}`);
      return port;
    },
  });
  return { graph, reference, faults: referenceFaults(monolith.schema, supergraphSdl) };
}

const ask = (executor: Executor, { query, variables, operationName }: GeneratedOperation) =>
  askExecutor(executor, {
    query,
    variables,
    budgetMs: BUDGET_MS,
    ...(operationName !== undefined && { operationName }),
  });

async function compare({ graph, reference }: Engines, operation: GeneratedOperation): Promise<Comparison> {
  const [ours, theirs] = await Promise.all([ask(graph.executor, operation), ask(reference, operation)]);
  return compareAnswers(ours, theirs);
}

/** The monolith says which of the two engines is right. */
async function isOursRight({ graph }: Engines, operation: GeneratedOperation): Promise<boolean> {
  const request = { ...operation, document: parse(operation.query) };
  const expected = await graph.monolith.execute(request, newContext());
  return (await differenceOf(expected, await ask(graph.executor, operation))) === null;
}

/**
 * Asks the operation step by step without the reference's known faults.
 *
 * @returns the name of the fault without which both engines agree.
 * @throws {Error} when they differ to the end, or the monolith does not agree with ours.
 */
async function excuse(engines: Engines, operation: GeneratedOperation, first: string): Promise<string> {
  const told = `${describeOperation(operation)}\n\n${first}`;
  if (!(await isOursRight(engines, operation))) throw new Error(`the monolith differs from ours:\n${told}`);
  let asked = operation;
  let last = first;
  for (const { name, avoid } of engines.faults) {
    asked = avoid(asked);
    const compared = await compare(engines, asked);
    if (compared.kind !== 'different') return name;
    last = compared.difference;
  }
  throw new Error(
    `no known fault explains the difference:\n${told}\n\nat last\n${describeOperation(asked)}\n${last}`,
  );
}

/** How long a source took, and cursors that are encrypted anew each time, are not the same in any two answers. */
const UNSTEADY = new Set(['tookMs', 'startCursor', 'endCursor', 'cursor']);

function steady(answer: ExecutionResult): ExecutionResult {
  const text = JSON.stringify(answer, (name, value) => (UNSTEADY.has(name) ? typeof value : value));
  return JSON.parse(text);
}

describe.each(GRAPHS)('both engines over %s', (name, open) => {
  const count = OPERATIONS_OF[name];
  let engines: Engines;
  beforeAll(async () => {
    engines = await openEngines(open);
  }, 120_000);
  afterAll(async () => {
    await engines?.reference.close();
    await engines?.graph.close();
  });

  it(
    `answer ${count} generated operations equally (seed ${SEED})`,
    async () => {
      const excused = new Map<string, number>();
      let next = 0;
      let asked = 0;
      const work = async (): Promise<void> => {
        while (asked < count) {
          const index = next++;
          const operation = operationOf(engines.graph.operations, name, index);
          if (operation === null) continue;
          asked++;
          const compared = await compare(engines, operation);
          if (compared.kind !== 'different') continue;
          const fault = await excuse(engines, operation, `operation ${index}: ${compared.difference}`);
          excused.set(fault, (excused.get(fault) ?? 0) + 1);
        }
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, work));
      const total = [...excused.values()].reduce((sum, each) => sum + each, 0);
      // Shown when there are too many.
      expect({ excused: Object.fromEntries(excused), isFew: total <= count * MAX_EXCUSED }).toMatchObject({
        isFew: true,
      });
    },
    TIMEOUT_MS,
  );

  const examples = name === 'the county' ? readdirSync(QUERIES) : [];
  if (examples.length > 0) {
    it.each(examples)('answer the example %s equally', async (file) => {
      const query = exampleQuery(basename(file, '.graphql'));
      const operation = { query, variables: {}, operationName: undefined };
      const ours = await ask(engines.graph.executor, operation);
      const theirs = await ask(engines.reference, operation);
      expect(ours.errors).toBeUndefined();
      expect(JSON.stringify(steady(ours))).toBe(JSON.stringify(steady(theirs)));
    });
  }
});
