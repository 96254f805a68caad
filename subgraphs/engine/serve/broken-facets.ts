import { KINDS } from '../../kinds/kinds.js';
import type { BrokenInterface } from '../broken-interface.js';
import { type FacetTarget, namedType, resolveFacet, type SdlTypes } from '../mapping/facet-path.js';

/** A facet that lacks the rows of interfaces that are broken. */
interface LackingFacet {
  readonly path: string;
  readonly target: FacetTarget;
  /** At least one. */
  readonly broken: readonly BrokenInterface[];
}

/**
 * Where broken interfaces would have put their rows. One whose file does not tell may belong to any facet that no other
 * interface fills, and to any row facet by the ids of its rows.
 *
 * @param filled paths of facets that have an interface.
 */
export function lackingFacets(
  broken: readonly BrokenInterface[],
  types: SdlTypes,
  filled: ReadonlySet<string>,
): readonly LackingFacet[] {
  const facets = facetPaths(types).flatMap((path) => {
    const target = resolveFacet(path, types);
    return target === null ? [] : [{ path, target }];
  });
  const known = new Set(facets.map(({ path }) => path));
  const strays = broken.filter(({ facet }) => facet === null || !known.has(facet));
  return facets.flatMap(({ path, target }): LackingFacet[] => {
    const named = broken.filter(({ facet }) => facet === path);
    const may = target.kind === 'row' || !filled.has(path) ? strays : [];
    const lacking = [...named, ...may];
    const isOthers = target.kind !== 'row' && filled.has(path);
    return lacking.length === 0 || isOthers ? [] : [{ path, target, broken: lacking }];
  });
}

/** `Inspection.market`, `Subject.market.licences`: every field at which the SDL hangs rows. */
function facetPaths(types: SdlTypes): readonly string[] {
  return KINDS.flatMap((kind) =>
    objectFields(kind, types).flatMap(({ name, type }) => [
      ...(kind === 'Subject' ? [] : [`${kind}.${name}`]),
      ...objectFields(type, types).map((inner) => `${kind}.${name}.${inner.name}`),
    ]),
  );
}

/** Fields of a type whose type is an object that is no entity. */
function objectFields(type: string, types: SdlTypes): readonly { name: string; type: string }[] {
  return (types.get(type)?.fields ?? [])
    .map((field) => ({ name: field.name.value, type: namedType(field.type) }))
    .filter((field) => types.has(field.type) && !KINDS.some((kind) => kind === field.type));
}
