import { kindOfObject } from '../../../adapters/kinds.js';
import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { SourceError, SourceRejected } from '../../../adapters/source-error.js';
import type { SourceBinding } from '../../../adapters/source-object.js';
import { createRefusing } from '../../../adapters/unconnected.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import { columnsOfMapping, numberColumns } from '../mapping/mapping-columns.js';

/**
 * The adapter of one interface. A connection of another kind than the mapping says makes this interface MISSING and
 * nothing else; `lint` and `probe` say so with the place.
 */
export function bindAdapter(adapter: SourceAdapter, mapping: InterfaceMapping): SourceAdapter {
  const { object } = mapping.source;
  if (kindOfObject(object).namesObjects && adapter.bind === undefined) return adapter;
  const binding: SourceBinding = {
    interface: mapping.interface,
    definition: object,
    columns: columnsOfMapping(mapping),
    key: mapping.key,
    ...(mapping.latest !== undefined && { newest: mapping.latest.newest }),
    numbers: numberColumns(mapping),
    where: mapping.where.map(({ column, negated, values }) => ({ column, negated, values })),
  };
  try {
    if (adapter.bind !== undefined) return adapter.bind(binding);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return createRefusing(adapter.kind, error);
  }
  return adapter.kind === 'unconnected' ? adapter : createRefusing(adapter.kind, wrongKind(adapter, binding));
}

function wrongKind({ kind }: SourceAdapter, { definition }: SourceBinding): SourceRejected {
  return new SourceRejected(
    `Cannot read ${kindOfObject(definition).nameOf(definition)}: its connection must be one for ${definition.kind}, but is of kind ${kind}`,
  );
}
