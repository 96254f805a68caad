/** How costs of operations are estimated, and what is done about those beyond the limit. */
export interface CostSettings {
  /** `enforce`: they are refused; `measure`: they are counted and carried out. */
  readonly mode: CostMode;
  /** Elements of a list of which neither the query nor the schema says how long it is. */
  readonly listSize: number;
  /** What one request to a subgraph costs, whatever it asks. */
  readonly call: number;
}

export const COST_MODES = ['enforce', 'measure'] as const;
export type CostMode = (typeof COST_MODES)[number];

/** A page has 20 rows where nobody says more. */
export const USUAL_COSTS: CostSettings = Object.freeze({ mode: 'enforce', listSize: 20, call: 10 });
