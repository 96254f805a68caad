import type { SnapshotStore } from '../../../../adapters/snapshot/snapshot-store.js';
import { MappingError } from '../../../../runtime/yaml/problem.js';
import { createRowsDoor } from '../../read/rows-door.js';
import type { InterfaceRows, ServedInterface } from '../../read/served-interface.js';
import { createSnapshot } from '../create-snapshot.js';
import { keptColumns } from '../kept-columns.js';
import { cellKeeper, fingerprintOf } from '../open-snapshot.js';
import { createCellSeal, createSealedAdapter } from '../sealed-adapter.js';
import { createSnapshotCalls } from '../snapshot-calls.js';
import { askedKeysOf, notAskedByKeys } from './asked-keys.js';
import { KEY_COLUMNS } from './key-table.js';
import { createKeyedCalls } from './keyed-calls.js';
import { createKeyedReading, type KeyedInterface } from './keyed-reading.js';

interface Keeping extends Pick<KeyedInterface, 'calls' | 'rule'> {
  readonly store: SnapshotStore;
  readonly sibling: KeyedInterface['world']['sibling'];
}

/**
 * The interface, answering from a snapshot of those keys that were asked for, and from its source for others. It can do
 * what the source can, and no more.
 *
 * @param live as it is asked at its source, by `calls`.
 * @throws {MappingError} when the source cannot be asked for keys.
 */
export function openKeyedSnapshot(
  live: InterfaceRows,
  { calls, store, rule, sibling }: Keeping,
): ServedInterface {
  const { compiled } = live;
  const { mapping, environment } = compiled;
  const { personKey, knownRefs } = environment;
  const asked = askedKeysOf(mapping);
  if (asked === null) throw new MappingError([notAskedByKeys(rule.keys.place)]);
  const keeping = keptColumns(mapping);
  const { columns, sealed, leftOut } = keeping;
  const seal = createCellSeal(personKey);
  const table = store.table({
    name: mapping.interface,
    columns: [...columns, ...KEY_COLUMNS],
    // Whatever is known of a key is replaced together.
    key: [asked.column],
    indexes: [[asked.column]],
    fingerprint: `${fingerprintOf(mapping, keeping, personKey)} ${asked.column}`,
  });
  const one: KeyedInterface = {
    compiled,
    calls,
    columns,
    table,
    keptCell: cellKeeper(keeping, seal),
    rule,
    asked,
    world: { sibling, personKey, ...(knownRefs !== undefined && { knownRefs }) },
    seal,
  };
  const kept = createSnapshotCalls({ adapter: createSealedAdapter(table.adapter, sealed, seal), mapping });
  return {
    compiled,
    calls,
    rows: createRowsDoor(
      compiled,
      createKeyedCalls({ mapping, column: asked.column, columns, kept, live: calls }),
    ),
    kept: { snapshot: createSnapshot(one, createKeyedReading(one)), live, leftOut, isKeyed: true },
  };
}
