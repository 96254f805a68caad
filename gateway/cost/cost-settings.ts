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

/** Lists that nobody pages are short: officers of an inspection, authors of a book. Of six within each other 10 makes a million. */
export const USUAL_COSTS: CostSettings = Object.freeze({ mode: 'enforce', listSize: 10, call: 10 });
