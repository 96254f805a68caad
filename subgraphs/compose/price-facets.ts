import { type DocumentNode, type FieldDefinitionNode, Kind } from 'graphql';
import { objectTypes, resolveFacet, type SdlTypes } from '../engine/mapping/facet-path.js';
import type { InterfaceMapping } from '../engine/mapping/mapping.js';
import { rowPrice } from '../engine/mapping/row-price.js';
import { annotate } from './annotate.js';

/** Rows of a facet's list where its `first` has no default. */
const USUAL_ROWS = 20;

/**
 * A department's SDL in which the facets of dear sources have `@cost`: what it costs to look one up. One look-up gives a
 * list, whose rows share its price. Where the SDL says a cost itself, that holds.
 */
export function priceFacets(sdl: string, mappings: readonly InterfaceMapping[]): string {
  return annotate(sdl, (document) => pricesByEnd(document, mappings));
}

function pricesByEnd(
  document: DocumentNode,
  mappings: readonly InterfaceMapping[],
): ReadonlyMap<number, string> {
  const types = objectTypes(document);
  const prices = new Map<number, string>();
  for (const mapping of mappings) {
    const field = mapping.facet === undefined ? null : facetField(mapping.facet, types);
    const end = field?.type.loc?.end;
    if (field === null || end === undefined || saysCost(field)) continue;
    const weight = Math.ceil(rowPrice(mapping).row / rowsOf(field));
    if (weight > 1) prices.set(end, ` @cost(weight: ${weight})`);
  }
  return prices;
}

/** The field whose value is the facet. */
function facetField(path: string, types: SdlTypes): FieldDefinitionNode | null {
  const target = resolveFacet(path, types);
  if (target === null) return null;
  const [type, name] =
    target.kind === 'row' ? [target.entity, target.field] : [target.holder, target.holderField];
  return types.get(type)?.fields?.find((one) => one.name.value === name) ?? null;
}

function saysCost({ directives = [] }: FieldDefinitionNode): boolean {
  return directives.some(({ name }) => name.value === 'cost');
}

function rowsOf({ type, arguments: given = [] }: FieldDefinitionNode): number {
  const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  if (named.kind !== Kind.LIST_TYPE) return 1;
  const usual = given.find(({ name }) => name.value === 'first')?.defaultValue;
  return usual?.kind === Kind.INT ? Number(usual.value) : USUAL_ROWS;
}
