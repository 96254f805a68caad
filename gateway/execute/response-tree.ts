import type { ErrorPath } from './public-error.js';

/** An object of the growing response, and where the caller's query has it. */
export interface PlacedEntity {
  readonly path: ErrorPath;
  readonly value: unknown;
}

/**
 * The response as far as it is known while a plan runs.
 *
 * The plan's executor keeps its own tree to itself, but builds it from the very objects that subgraphs
 * returned: the first answer's objects stay, later ones are merged into them. Holding the top of the first
 * answers is therefore enough to see the same tree, and to say where an entity stands.
 */
export interface ResponseTree {
  /** Takes the data of a fetch of root fields, before they are merged. */
  addRoot(data: Readonly<Record<string, unknown>>): void;
  /** Objects at a path of the plan; `@` stands for every element of a list. */
  entitiesAt(planPath: ErrorPath): readonly PlacedEntity[];
}

export function createResponseTree(): ResponseTree {
  const root = new Map<string, unknown>();
  return {
    addRoot: (data) => {
      for (const [name, value] of Object.entries(data)) {
        if (!root.get(name)) root.set(name, value);
      }
    },
    entitiesAt: (planPath) => {
      const [first, ...rest] = planPath;
      if (first === undefined) return [];
      const found: PlacedEntity[] = [];
      collect(root.get(String(first)), rest, [first], found);
      return found;
    },
  };
}

function collect(value: unknown, planPath: ErrorPath, path: ErrorPath, found: PlacedEntity[]): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const rest = planPath[0] === '@' ? planPath.slice(1) : planPath;
    for (const [index, element] of value.entries()) collect(element, rest, [...path, index], found);
    return;
  }
  const [next, ...rest] = planPath;
  if (next === undefined) {
    found.push({ path, value });
  } else if (typeof value === 'object' && Object.hasOwn(value, next)) {
    collect((value as Readonly<Record<string, unknown>>)[String(next)], rest, [...path, next], found);
  }
}
