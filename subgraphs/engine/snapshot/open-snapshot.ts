import { createHash } from 'node:crypto';
import type { SnapshotStore } from '../../../adapters/snapshot/snapshot-store.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import type { PersonKey } from '../../values/identifiers/person-key.js';
import { redactText } from '../../values/texts/redact-text.js';
import type { SourceCalls } from '../calls/source-calls.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import { stableText } from '../mapping/stable-text.js';
import { createRowsDoor } from '../read/rows-door.js';
import type { InterfaceRows, ServedInterface } from '../read/served-interface.js';
import { createSnapshot } from './create-snapshot.js';
import { type KeptColumns, keptColumns } from './kept-columns.js';
import { type CellSeal, createCellSeal, createSealedAdapter } from './sealed-adapter.js';
import { createSnapshotCalls } from './snapshot-calls.js';

/** Raised when rows are kept differently, so that what an earlier version of this program kept is read anew. */
const FORMAT = 1;

/**
 * The interface, answering from a snapshot.
 *
 * @param live as it is asked at its source, by `calls`.
 */
export function openSnapshot(live: InterfaceRows, calls: SourceCalls, store: SnapshotStore): ServedInterface {
  const { compiled } = live;
  const { mapping, environment } = compiled;
  const keeping = keptColumns(mapping);
  const { columns, sealed, leftOut } = keeping;
  const table = store.table({
    name: mapping.interface,
    columns,
    key: mapping.key,
    indexes: indexesOf(mapping, columns),
    fingerprint: fingerprintOf(mapping, keeping, environment.personKey),
  });
  const seal = createCellSeal(environment.personKey);
  const adapter = createSealedAdapter(table.adapter, sealed, seal);
  const kept = keptInterface({ ...compiled, adapter });
  const snapshot = createSnapshot({
    compiled,
    calls,
    columns,
    table,
    keptCell: cellKeeper(keeping, seal),
  });
  return {
    compiled: kept,
    calls,
    rows: createRowsDoor(kept, createSnapshotCalls(kept)),
    kept: { snapshot, live, leftOut, isKeyed: false },
  };
}

/** Keys of one call to what is kept: `limits.keysPerCall` is of the source, and a call for a few keys each costs a table's reading. */
const KEYS_PER_CALL = 1000;

/** Rows of a snapshot are the newest of their group already: the reading chose them where the mapping says `latest`. */
function keptInterface(compiled: CompiledInterface): CompiledInterface {
  const from = { name: compiled.from.name };
  const { base, versions, keyless, mapping } = compiled;
  const keysPerCall = Math.max(mapping.limits.keysPerCall, KEYS_PER_CALL);
  return {
    ...compiled,
    mapping: { ...mapping, limits: { ...mapping.limits, keysPerCall } },
    from,
    base,
    versions: { from, base: versions.base },
    keyless: { from, base: keyless.base },
  };
}

/** Whatever rows are looked up by, linked by, or sorted by. */
function indexesOf(mapping: InterfaceMapping, columns: readonly string[]): readonly (readonly string[])[] {
  const fields = [...mapping.fields.values()].filter(
    ({ type, sorts }) => type === 'DocumentNumber' || sorts !== undefined,
  );
  const single = [
    ...mapping.subject.map(({ column }) => column),
    ...fields.map(({ column }) => column),
    mapping.watermark?.column,
  ];
  const wanted = new Set(single.filter((column) => column !== undefined && columns.includes(column)));
  if (mapping.key.length === 1) wanted.delete(mapping.key[0]);
  const owner = mapping.by === undefined ? [] : [mapping.by];
  return [mapping.key, ...owner, ...[...wanted].map((column) => [column ?? ''])];
}

/** How the cells of a column are kept; null: as they are. */
export function cellKeeper(
  { sealed, redacted }: KeptColumns,
  seal: CellSeal,
): (column: string) => ((cell: SourceValue) => SourceValue) | null {
  return (column) => (sealed.has(column) ? seal.seal : redacted.has(column) ? redactCell : null);
}

function redactCell(cell: SourceValue): SourceValue {
  return typeof cell === 'string' ? redactText(cell) : cell;
}

/** Of all in a mapping by which rows are kept as they are. */
export function fingerprintOf(
  mapping: InterfaceMapping,
  { columns, sealed, redacted }: KeptColumns,
  personKey: PersonKey,
): string {
  const { key, latest, where, source } = mapping;
  const among =
    latest === undefined ? [] : where.map(({ column, negated, values }) => [column, negated, values]);
  const words = [
    FORMAT,
    columns,
    [...sealed],
    [...redacted],
    key,
    latest ?? null,
    among,
    source.connection,
    source.object,
  ];
  return createHash('sha256').update(stableText(words)).update(personKey).digest('hex');
}
