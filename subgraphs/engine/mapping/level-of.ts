import { higherLevel, type Level } from '../../../runtime/level.js';
import { fieldOf } from '../../kinds/kinds.js';
import type { FieldMapping } from '../../values/field-mapping.js';
import type { InterfaceMapping } from './mapping.js';

/** What of a field's level is not said is taken for sensitive. */
const UNSAID: Level = 'L3';

/** The level of one field: the kind's; of a facet's field, the mapping's own. */
export function levelOf(
  { feeds }: Pick<InterfaceMapping, 'feeds'>,
  { name, classification }: FieldMapping,
): Level {
  return fieldOf(feeds ?? null, name)?.level ?? classification ?? UNSAID;
}

/** The highest level of an interface's fields. */
export function levelOfInterface(mapping: Pick<InterfaceMapping, 'feeds' | 'fields'>): Level {
  return [...mapping.fields.values()].map((field) => levelOf(mapping, field)).reduce(higherLevel, 'L1');
}
