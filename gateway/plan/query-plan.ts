/**
 * A plan as `@apollo/query-planner` makes it of a document without conditions, as far as it is carried out here: plain
 * JSON, so that it can come from another thread.
 */
export interface QueryPlan {
  /** Absent when nothing has to be fetched. */
  readonly node?: PlanNode;
}

export type PlanNode = SequenceNode | ParallelNode | FlattenNode | FetchNode;

interface SequenceNode {
  readonly kind: 'Sequence';
  readonly nodes: readonly PlanNode[];
}

interface ParallelNode {
  readonly kind: 'Parallel';
  readonly nodes: readonly PlanNode[];
}

interface FlattenNode {
  readonly kind: 'Flatten';
  /** Response names from the root; `@` stands for every element of a list. */
  readonly path: readonly (string | number)[];
  readonly node: PlanNode;
}

export interface FetchNode {
  readonly kind: 'Fetch';
  readonly serviceName: string;
  /**
   * What is sent of every entity; absent for a fetch of root fields. Those may belong to objects inside the answer: a
   * `Flatten` around the fetch says where.
   */
  readonly requires?: readonly RequiredSelection[];
  readonly variableUsages?: readonly string[];
  readonly operation: string;
  readonly operationName?: string;
  readonly inputRewrites?: readonly Rewrite[];
  readonly outputRewrites?: readonly Rewrite[];
}

export type RequiredSelection = RequiredField | RequiredFragment;

export interface RequiredField {
  readonly kind: 'Field';
  readonly alias?: string;
  readonly name: string;
  /** What the subgraph calls the field, if not as the answer holds it. Not the planner's: see `repair/`. */
  readonly sentAs?: string;
  readonly selections?: readonly RequiredSelection[];
}

interface RequiredFragment {
  readonly kind: 'InlineFragment';
  readonly typeCondition?: string;
  readonly selections: readonly RequiredSelection[];
}

/** A change of what is sent or received; a path's element is a response name or `... on Type`. */
export type Rewrite =
  | { readonly kind: 'ValueSetter'; readonly path: readonly string[]; readonly setValueTo: unknown }
  | { readonly kind: 'KeyRenamer'; readonly path: readonly string[]; readonly renameKeyTo: string };
