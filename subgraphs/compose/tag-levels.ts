import type { DocumentNode } from 'graphql';
import { higherLevel, LEVELS, type Level } from '../../runtime/level.js';
import { objectTypes, resolveFacet } from '../engine/mapping/facet-path.js';
import { levelOf } from '../engine/mapping/level-of.js';
import type { InterfaceMapping } from '../engine/mapping/mapping.js';
import { levelTag } from '../kinds/sdl/describe.js';
import { annotate } from './annotate.js';

/** A department's SDL in which the fields of its facets have the levels of its mappings as tags. */
export function tagLevels(sdl: string, mappings: readonly InterfaceMapping[]): string {
  return annotate(
    sdl,
    (document) => new Map([...levelsByEnd(document, mappings)].map(([end, level]) => [end, levelTag(level)])),
  );
}

/** Where the types of fields end, and how much the fields must be protected. */
function levelsByEnd(
  document: DocumentNode,
  mappings: readonly InterfaceMapping[],
): ReadonlyMap<number, Level> {
  const types = objectTypes(document);
  const levels = new Map<number, Level>();
  for (const mapping of mappings) {
    const target = mapping.facet === undefined ? null : resolveFacet(mapping.facet, types);
    for (const { name, type } of target?.type.fields ?? []) {
      const field = mapping.fields.get(name.value);
      const end = type.loc?.end;
      if (field === undefined || end === undefined) continue;
      levels.set(end, higherLevel(levels.get(end) ?? LEVELS[0], levelOf(mapping, field)));
    }
  }
  return levels;
}
