/**
 * How much a value must be protected (domain §5.2): L1 open, L2 internal, L3 personal or sensitive, L4 secret. What is
 * secret is mapped by nobody.
 */
export const LEVELS = ['L1', 'L2', 'L3', 'L4'] as const;

export type Level = (typeof LEVELS)[number];

/** Levels that a field can have. */
export const FIELD_LEVELS = ['L1', 'L2', 'L3'] as const satisfies readonly Level[];

export type FieldLevel = (typeof FIELD_LEVELS)[number];

export function higherLevel<One extends Level>(left: One, right: One): One {
  return left < right ? right : left;
}
