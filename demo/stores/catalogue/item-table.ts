import { type Random, randomFor } from '../../random.js';
import type { CatalogueItem } from '../../world/catalogue/item.js';
import { CATALOGUE } from '../../world/catalogue/make-items.js';
import type { World } from '../../world/world.js';
import { lastDelivery } from '../delivery-times.js';
import { dirtyText, fullWidth } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { ENFORCERS, ITEM_FIELDS, ITEM_LISTS, POWER_KINDS } from './catalogue-codes.js';

const COLUMNS = [
  { name: 'sxid', type: 'text', length: 20 },
  { name: 'sxbm', type: 'text', length: 40 },
  { name: 'sxmc', type: 'text', length: 200 },
  { name: 'qdlb', type: 'text', length: 10 },
  { name: 'qllx', type: 'text', length: 20 },
  { name: 'ly', type: 'text', length: 40 },
  { name: 'xszt', type: 'text', length: 40 },
  { name: 'xsbm', type: 'text', length: 60 },
  { name: 'hcbm', type: 'text', length: 60 },
  { name: 'flyj', type: 'text', length: 400 },
  { name: 'nb', type: 'text', length: 40 },
  { name: 'sxrq', type: 'text', length: 10 },
  { name: 'zfrq', type: 'text', length: 10 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type ItemRow = RecordOf<typeof COLUMNS>;

/** Lists that are workbooks instead. */
const PUBLISHED: readonly string[] = ['COMPREHENSIVE', 'TOWNSHIP'];

/** `qd_sxqd`: every list but the county's and the township's. What was entered twice stays with `sfsc` 1 (D12). */
export function itemTable(world: World): LegacyTable {
  return recordTable({
    name: 'qd_sxqd',
    columns: COLUMNS,
    primaryKey: ['sxid'],
    indexes: [['sxbm'], ['qdlb', 'sxrq']],
    records: () => records(world),
  });
}

export function itemsInTable(): readonly CatalogueItem[] {
  return CATALOGUE.filter(({ list }) => !PUBLISHED.includes(list));
}

function* records(world: World): Generator<ItemRow> {
  for (const [turn, item] of itemsInTable().entries()) {
    const row = writeItem(randomFor(world.seed, 'catalogue.item', turn), world, item, turn);
    yield row;
    if (turn % 50 === 8) yield { ...row, sxid: `${row.sxid}S`, sxmc: '重复录入', sfsc: '1' };
  }
}

function writeItem(random: Random, world: World, item: CatalogueItem, turn: number): ItemRow {
  const { code, name, list, powerKind, field, enforcedBy, department, transferredFrom, validTo } = item;
  const unusual = turn % 4 === 3 ? 1 : null;
  return {
    sxid: `SX${String(turn).padStart(6, '0')}`,
    // An old form wrote digits as wide as characters.
    sxbm: turn % 31 === 12 ? fullWidth(code) : code,
    sxmc: turn % 23 === 5 ? dirtyText(random, name) : name,
    qdlb: spell(ITEM_LISTS, list, unusual),
    qllx: spell(POWER_KINDS, powerKind, unusual),
    ly: spell(ITEM_FIELDS, field, unusual),
    xszt: spell(ENFORCERS, enforcedBy, unusual),
    xsbm: institutionOf(department).name,
    hcbm: transferredFrom === null ? null : institutionOf(transferredFrom).name,
    flyj: item.legalBasis,
    nb: item.edition,
    sxrq: item.validFrom,
    zfrq: validTo ?? (turn % 3 === 1 ? '9999-12-31' : null),
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj: lastDelivery(world.today),
  };
}
