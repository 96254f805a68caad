import type { PlanNode, QueryPlan } from '@apollo/query-planner';

/** How many steps of a plan wait, one after the other, for a given fetch. */
export type StepsAfter = (subgraph: string, operation: string) => number;

export function countStepsAfter({ node }: QueryPlan): StepsAfter {
  const counts = new Map<string, number>();
  const visit = (current: PlanNode, after: number): void => {
    switch (current.kind) {
      case 'Fetch': {
        const id = fetchId(current.serviceName, current.operation);
        counts.set(id, Math.max(after, counts.get(id) ?? 0));
        return;
      }
      case 'Sequence': {
        let behind = after;
        for (const child of current.nodes.toReversed()) {
          visit(child, behind);
          behind += countSteps(child);
        }
        return;
      }
      default:
        for (const child of childrenOf(current)) visit(child, after);
    }
  };
  if (node !== undefined && node.kind !== 'Subscription') visit(node, 0);
  return (subgraph, operation) => counts.get(fetchId(subgraph, operation)) ?? 0;
}

/** Length of the longest chain of fetches in a node. */
function countSteps(node: PlanNode): number {
  if (node.kind === 'Fetch') return 1;
  const counts = childrenOf(node).map(countSteps);
  return node.kind === 'Sequence' ? counts.reduce((sum, count) => sum + count, 0) : Math.max(0, ...counts);
}

function childrenOf(node: PlanNode): readonly PlanNode[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes;
    case 'Flatten':
      return [node.node];
    case 'Condition':
      return [node.ifClause, node.elseClause].filter((child) => child !== undefined);
    default:
      return [];
  }
}

function fetchId(subgraph: string, operation: string): string {
  return `${subgraph}\n${operation}`;
}
