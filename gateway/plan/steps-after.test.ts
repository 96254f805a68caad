import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { OperationTypeNode } from 'graphql';
import { countStepsAfter } from './steps-after.js';

function fetch(serviceName: string): FetchNode {
  return {
    kind: 'Fetch',
    serviceName,
    operation: `{ ${serviceName} }`,
    operationName: undefined,
    operationKind: OperationTypeNode.QUERY,
  };
}

const sequence = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Sequence', nodes });
const parallel = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Parallel', nodes });
const flatten = (node: PlanNode): PlanNode => ({ kind: 'Flatten', path: ['a', '@'], node });

describe('countStepsAfter()', () => {
  it('counts the longest chain of fetches that waits for one', () => {
    const node = sequence(
      fetch('hub'),
      parallel(sequence(flatten(fetch('registry')), flatten(fetch('market'))), flatten(fetch('marine'))),
      fetch('last'),
    );
    const stepsAfter = countStepsAfter({ kind: 'QueryPlan', node });
    const counts = ['hub', 'registry', 'market', 'marine', 'last'].map((name) =>
      stepsAfter(name, `{ ${name} }`),
    );
    expect(counts).toEqual([3, 2, 1, 1, 0]);
  });

  it('counts the greater of equal fetches and of both branches of a condition', () => {
    const node = sequence(fetch('a'), {
      kind: 'Condition',
      condition: 'v',
      ifClause: sequence(fetch('b'), fetch('a')),
      elseClause: fetch('c'),
    });
    const stepsAfter = countStepsAfter({ kind: 'QueryPlan', node });
    expect(stepsAfter('a', '{ a }')).toBe(2);
    expect(stepsAfter('b', '{ b }')).toBe(1);
    expect(stepsAfter('c', '{ c }')).toBe(0);
  });

  it('knows an empty plan', () => {
    expect(countStepsAfter({ kind: 'QueryPlan' })('a', '{ a }')).toBe(0);
  });
});
