import type { ErrorPath } from './public-error.js';
import type { PlacedEntity, ResponseTree } from './response-tree.js';

/** One fetch of a plan, as far as its errors must be placed. */
export interface FetchPlace {
  /** Where the plan merges the answer; `@` for every element of a list. Empty for root fields. */
  readonly planPath: ErrorPath;
  /** Sent to `_entities`; null for a fetch of root fields. */
  readonly representations: readonly unknown[] | null;
  /** Response names of the fetched fields: of the root, or of the entities. */
  readonly fields: readonly string[];
}

/** Says where in the caller's query the errors of one fetch belong. */
export interface ErrorLocator {
  /**
   * @param errorPath as the subgraph gave it. Without one the error is the whole fetch's: its place is what
   *   all its entities have in common, and the field if it is one.
   */
  locate(errorPath: ErrorPath | undefined): ErrorPath | undefined;
}

export function createErrorLocator(fetch: FetchPlace, tree: ResponseTree): ErrorLocator {
  const only = fetch.fields.length === 1 ? fetch.fields : [];
  if (fetch.representations === null) {
    const locateFetch = (): ErrorPath | undefined => (only.length === 1 ? only : undefined);
    return { locate: (path) => (path !== undefined && path.length > 0 ? path : locateFetch()) };
  }
  const placed = placeAll(fetch.representations, tree.entitiesAt(fetch.planPath));
  const locateFetch = (): ErrorPath => {
    const [first, ...others] = placed.filter((entity) => entity !== undefined);
    if (first === undefined) return untilWildcard(fetch.planPath);
    if (others.length === 0) return [...first.path, ...only];
    return others.reduce<ErrorPath>((common, { path }) => commonPrefix(common, path), first.path);
  };
  return {
    locate: (path) => {
      const index = path?.[0] === '_entities' ? path[1] : undefined;
      const entity = typeof index === 'number' ? placed[index] : undefined;
      return entity === undefined ? locateFetch() : [...entity.path, ...(path ?? []).slice(2)];
    },
  };
}

type Placed = readonly (PlacedEntity | undefined)[];

/** The plan may rewrite the type's name on its way to an interface object; only then names are ignored. */
function placeAll(representations: readonly unknown[], entities: readonly PlacedEntity[]): Placed {
  const placed = placeRepresentations(representations, entities, holds);
  return placed.includes(undefined) ? placeRepresentations(representations, entities, holdsFields) : placed;
}

/**
 * Finds each representation's entity. The executor sends those entities, in order, that have all required
 * fields; so each representation belongs to the next entity that holds the same values.
 */
function placeRepresentations(
  representations: readonly unknown[],
  entities: readonly PlacedEntity[],
  matches: (value: unknown, representation: unknown) => boolean,
): Placed {
  let next = 0;
  return representations.map((representation) => {
    for (let position = next; position < entities.length; position++) {
      const entity = entities[position];
      if (entity === undefined || !matches(entity.value, representation)) continue;
      next = position + 1;
      return entity;
    }
    return undefined;
  });
}

/** Whether a value has everything that a representation copied from it. */
function holds(value: unknown, copy: unknown): boolean {
  if (Array.isArray(copy)) {
    return (
      Array.isArray(value) &&
      value.length === copy.length &&
      copy.every((element, index) => holds(value[index], element))
    );
  }
  if (typeof copy !== 'object' || copy === null) return Object.is(value, copy);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(copy).every(
    ([name, part]) =>
      Object.hasOwn(value, name) && holds((value as Readonly<Record<string, unknown>>)[name], part),
  );
}

function holdsFields(value: unknown, representation: unknown): boolean {
  if (typeof representation !== 'object' || representation === null) return false;
  const fields = Object.entries(representation).filter(([name]) => name !== '__typename');
  return holds(value, Object.fromEntries(fields));
}

function commonPrefix(left: ErrorPath, right: ErrorPath): ErrorPath {
  const end = left.findIndex((part, index) => part !== right[index]);
  return end < 0 ? left : left.slice(0, end);
}

function untilWildcard(planPath: ErrorPath): ErrorPath {
  const wildcard = planPath.indexOf('@');
  return wildcard < 0 ? planPath : planPath.slice(0, wildcard);
}
