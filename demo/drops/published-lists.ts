import { type Random, randomFor } from '../random.js';
import { ITEM_FIELDS, SCOPES } from '../stores/catalogue/catalogue-codes.js';
import { dirtyText, nullWord } from '../stores/dirt/dirt.js';
import type { LegacyStore, LegacyTable } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { spell } from '../stores/spell-code.js';
import { institutionOf } from '../stores/supervision/supervision-institutions.js';
import type { CatalogueItem } from '../world/catalogue/item.js';
import { CATALOGUE } from '../world/catalogue/make-items.js';
import { townshipOf } from '../world/townships.js';
import type { World } from '../world/world.js';
import type { LedgerForm } from './ledger-form.js';

const COLUMNS = [
  { name: '_sheet', type: 'text' },
  { name: '序号', type: 'integer' },
  { name: '事项代码', type: 'text' },
  { name: '事项名称', type: 'text' },
  { name: '领域', type: 'text' },
  { name: '法律依据', type: 'text' },
  { name: '划转范围', type: 'text' },
  { name: '具体职责边界', type: 'text' },
  { name: '划出部门', type: 'text' },
  { name: '版本', type: 'text' },
  { name: '施行日期', type: 'date' },
  { name: '失效日期', type: 'text' },
] as const;

type ListRow = RecordOf<typeof COLUMNS>;

const COUNTY_LIST = '县综合行政执法事项目录';
const TOWNSHIP_LIST = '乡镇赋权事项目录';

/** Both lists have the form in which the county government publishes them (domain §1.4 L2, L5). */
const form = (name: string): LedgerForm => ({
  title: (sheet) => `${name}（${sheet}）`,
  columns: COLUMNS.slice(1).map((column) => ({ group: column.name, heading: column.name })),
  dates: ['施行日期'],
  footer: (rows) => [`共${rows}项`],
});

/** By the name of the table. */
export const PUBLISHED_FORMS: ReadonlyMap<string, LedgerForm> = new Map(
  [COUNTY_LIST, TOWNSHIP_LIST].map((name) => [name, form(name)]),
);

/**
 * What the county government publishes as workbooks: its own list of items with a sheet for each edition, and the list
 * of what a township is empowered for with a sheet for each township.
 */
export function publishedListsStore(world: World): LegacyStore {
  return {
    connection: 'published-lists',
    access: 'drops',
    tables: [listTable(world, COUNTY_LIST, 'COMPREHENSIVE'), listTable(world, TOWNSHIP_LIST, 'TOWNSHIP')],
  };
}

function listTable(world: World, name: string, list: string): LegacyTable {
  return recordTable({
    name,
    columns: COLUMNS,
    primaryKey: ['事项代码', '施行日期'],
    indexes: [],
    records: () => records(world, itemsOf(list)),
  });
}

export function itemsOf(list: string): readonly CatalogueItem[] {
  return CATALOGUE.filter((item) => item.list === list);
}

function* records(world: World, items: readonly CatalogueItem[]): Generator<ListRow> {
  const places = new Map<string, number>();
  for (const [turn, item] of items.entries()) {
    const sheet = item.township === null ? item.edition : townshipOf(item.township).name;
    const place = (places.get(sheet) ?? 0) + 1;
    places.set(sheet, place);
    const random = randomFor(world.seed, 'published-lists', item.list, turn);
    yield { _sheet: sheet, 序号: place, ...writeItem(random, item, turn) };
  }
}

function writeItem(random: Random, item: CatalogueItem, turn: number): Omit<ListRow, '_sheet' | '序号'> {
  const { code, name, field, legalBasis, scope, dutyBoundary, transferredFrom, validFrom, validTo } = item;
  return {
    事项代码: code,
    事项名称: turn % 11 === 3 ? dirtyText(random, name) : name,
    领域: spell(ITEM_FIELDS, field, turn % 4 === 1 ? 1 : null),
    法律依据: legalBasis,
    划转范围: scope === null ? nullWord(random) : spell(SCOPES, scope, turn % 5 === 4 ? 1 : null),
    具体职责边界: dutyBoundary ?? (turn % 2 === 0 ? '无' : null),
    划出部门: transferredFrom === null ? null : spellDepartment(transferredFrom, turn),
    版本: item.edition,
    施行日期: validFrom,
    失效日期: validTo === null ? (turn % 3 === 0 ? '长期' : null) : validTo.replaceAll('-', '/'),
  };
}

function spellDepartment(department: string, turn: number): string {
  const { name, spellings } = institutionOf(department);
  return turn % 3 === 2 ? spellings[0] : name;
}
