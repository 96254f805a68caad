import type { FetchNode, PlanNode } from './query-plan.js';

/** The same plan with other nodes in the place of its fetches. */
export function mapFetches(node: PlanNode, change: (fetch: FetchNode) => PlanNode): PlanNode {
  switch (node.kind) {
    case 'Fetch':
      return change(node);
    case 'Flatten':
      return { ...node, node: mapFetches(node.node, change) };
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((child) => mapFetches(child, change)) };
  }
}
