import type { DocumentNode } from 'graphql';
import type { CatalogueField, InterfaceCatalogue } from '../../feed/feed.js';
import { fieldOf } from '../../kinds/kinds.js';
import { objectTypes, resolveFacet } from '../mapping/facet-path.js';
import { levelOf, levelOfInterface } from '../mapping/level-of.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

/**
 * What the catalogue of government data says of an interface; null where its mapping says nothing.
 *
 * @param document the department's SDL, whose descriptions are the titles of a facet's fields.
 */
export function describeCatalogue(
  mapping: InterfaceMapping,
  document: DocumentNode | null,
): InterfaceCatalogue | null {
  const { catalogue, watermark, feeds, facet, fields } = mapping;
  if (catalogue === undefined) return null;
  const target = document === null || facet === undefined ? null : resolveFacet(facet, objectTypes(document));
  const words = new Map(
    (target?.type.fields ?? []).map(({ name, description }) => [name.value, description?.value]),
  );
  return {
    share: catalogue.share,
    conditions: catalogue.conditions ?? null,
    basis: catalogue.basis,
    updatesEverySeconds: catalogue.updatesEverySeconds ?? watermark?.everySeconds ?? null,
    level: levelOfInterface(mapping),
    fields: [...fields.values()].map((field): CatalogueField => {
      const { name } = field;
      return {
        name,
        title: titleOf(fieldOf(feeds ?? null, name)?.words ?? words.get(name) ?? name),
        level: levelOf(mapping, field),
      };
    }),
    withheld: catalogue.withheld.map(({ columns, level, basis, reason }) => ({
      columns,
      level,
      basis,
      reason,
    })),
  };
}

/** The Chinese sentence of a description: «检查日期. Day of the inspection.» */
function titleOf(words: string): string {
  return words.split('. ', 1)[0] ?? words;
}
