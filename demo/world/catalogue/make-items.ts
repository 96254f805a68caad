import { addDays } from '../days.js';
import { DEPARTMENTS } from '../departments.js';
import { YANGSHAN } from '../townships.js';
import type { CatalogueItem } from './item.js';
import { ITEM_FAMILIES, type ItemFamily } from './item-families.js';

/** Editions of the county's list, and how many items it has from then on. */
const EDITIONS = [
  { edition: '2021年本', from: '2021-12-01', upTo: 60 },
  { edition: '2022年本', from: '2022-11-01', upTo: 110 },
  { edition: '2024年本', from: '2024-01-01', upTo: Number.POSITIVE_INFINITY },
] as const;
const BEFORE = { edition: '2016年本', from: '2016-01-01' } as const;
/** The township's list (domain §1.4 L5): as many items as other counties publish. */
const TOWNSHIP = { edition: '2022年第一批', from: '2022-01-01', items: 44 } as const;
/** Every so many-th item that was moved, only a part was. */
const PARTIAL_EVERY = 9;
/** One item that was moved in part has no boundary: competence has to be decided. */
const UNBOUNDED = 17;
/** Items that went back at the end of 2023. */
const RETURNED: readonly number[] = [11, 29, 43];
const RETURNED_ON = '2023-12-31';
const INSPECTION_ITEMS = 40;
const IMPLEMENTED = 20;

/** What was moved to the comprehensive bureau, as its county list has it. */
interface MovedItem {
  readonly family: ItemFamily;
  readonly place: number;
  readonly turn: number;
}

/** Every row of every list: the lists are law, and the same in every world. */
export const CATALOGUE: readonly CatalogueItem[] = makeCatalogue();

function makeCatalogue(): readonly CatalogueItem[] {
  // The town's own items come first, so that its first edition holds them.
  const families = [...ITEM_FAMILIES].sort(
    (left, right) => Number(right.field === 'CITY_APPEARANCE') - Number(left.field === 'CITY_APPEARANCE'),
  );
  const moved = families
    .flatMap((family) => Array.from({ length: family.moved }, (_, place) => ({ family, place })))
    .map((item, turn): MovedItem => ({ ...item, turn }));
  return [
    ...moved.flatMap(rowsOfMoved),
    ...moved.filter(isEmpowered).map(townshipRow),
    ...ITEM_FAMILIES.flatMap(rowsOfKept),
    ...DEPARTMENTS.flatMap(({ department, digits, uscc }) => inspectionRows(department, digits, uscc)),
  ];
}

function codeOf({ digits, first }: ItemFamily, place: number): string {
  return `3302${digits}${String(first + place).padStart(3, '0')}000`;
}

function nameOf({ causes }: ItemFamily, place: number): string {
  const cause = causes[place % causes.length] ?? '';
  const round = Math.floor(place / causes.length);
  return round === 0 ? `对${cause}的行政处罚` : `对${cause}（情形${round + 1}）的行政处罚`;
}

function penalty(
  family: ItemFamily,
  place: number,
): Omit<CatalogueItem, 'list' | 'edition' | 'validFrom' | 'validTo'> {
  return {
    code: codeOf(family, place),
    name: nameOf(family, place),
    powerKind: 'PENALTY',
    field: family.field,
    department: family.department,
    enforcedBy: family.keptBy,
    scope: null,
    dutyBoundary: null,
    transferredFrom: null,
    legalBasis: `《浙江省${family.field === 'CITY_APPEARANCE' ? '城市市容和环境卫生' : '综合行政执法'}条例》第${place + 12}条`,
    township: null,
  };
}

/** The department's own power until the day of the move, then the bureau's: in the list of powers, and in the county's. */
function rowsOfMoved({ family, place, turn }: MovedItem): readonly CatalogueItem[] {
  const { edition, from } = EDITIONS.find(({ upTo }) => turn < upTo) ?? EDITIONS[2];
  const own = penalty(family, place);
  const validTo = RETURNED.includes(turn) ? RETURNED_ON : null;
  const bureau = {
    ...own,
    department: 'COMPREHENSIVE',
    enforcedBy: 'COMPREHENSIVE',
    edition,
    validFrom: from,
    validTo,
  };
  const partial = turn % PARTIAL_EVERY === 8;
  const county = {
    ...bureau,
    scope: partial ? ('PARTIAL' as const) : ('FULL' as const),
    dutyBoundary:
      partial && turn !== UNBOUNDED
        ? '主管部门负责日常监管、受理举报并移送线索；综合行政执法部门立案处罚'
        : null,
    transferredFrom: family.department,
  };
  const before = { ...own, ...ofOldEdition(), validTo: addDays(from, -1) };
  const after = validTo === null ? [] : [{ ...own, edition, validFrom: addDays(validTo, 1), validTo: null }];
  return [
    ...[before, bureau, ...after].map((row): CatalogueItem => ({ ...row, list: 'POWER' })),
    { ...county, list: 'COMPREHENSIVE' },
    // The county added the town's own items to what the province lists.
    ...(family.field === 'CITY_APPEARANCE' ? [] : [{ ...county, list: 'BASE' }]),
  ];
}

function ofOldEdition(): Pick<CatalogueItem, 'edition' | 'validFrom'> {
  return { edition: BEFORE.edition, validFrom: BEFORE.from };
}

function isEmpowered({ turn }: MovedItem): boolean {
  return turn < TOWNSHIP.items;
}

function townshipRow({ family, place, turn }: MovedItem): CatalogueItem {
  return {
    ...penalty(family, place),
    list: 'TOWNSHIP',
    department: 'YANGSHAN_TOWN',
    enforcedBy: 'TOWNSHIP',
    township: YANGSHAN,
    edition: TOWNSHIP.edition,
    validFrom: TOWNSHIP.from,
    validTo: RETURNED.includes(turn) ? RETURNED_ON : null,
  };
}

/** What stayed: in the list of powers, and in that of the team that keeps it. Some of it is proposed for the next move. */
function rowsOfKept(family: ItemFamily): readonly CatalogueItem[] {
  const rows = Array.from({ length: family.kept }, (_, place): CatalogueItem => {
    const own = { ...penalty(family, family.moved + place), ...ofOldEdition(), validTo: null };
    return { ...own, list: 'POWER' };
  });
  const isTeam = family.keptBy !== 'BUSINESS_DEPARTMENT';
  return [
    ...rows,
    ...(isTeam ? rows.map((row): CatalogueItem => ({ ...row, list: 'PROFESSIONAL' })) : []),
    ...(isTeam
      ? licenceRows(family)
      : rows.slice(0, 1).map(
          (row): CatalogueItem => ({
            ...row,
            list: 'DRAFT_TRANSFER',
            edition: '2026年拟划转',
            validFrom: '2026-03-01',
          }),
        )),
  ];
}

function licenceRows(family: ItemFamily): readonly CatalogueItem[] {
  return [1, 2].map(
    (serial): CatalogueItem => ({
      ...penalty(family, 0),
      code: `3301${family.digits}${String(serial).padStart(3, '0')}000`,
      name: serial === 1 ? '经营许可的核发' : '经营许可的延续',
      powerKind: 'LICENCE',
      enforcedBy: 'BUSINESS_DEPARTMENT',
      list: 'POWER',
      ...ofOldEdition(),
      validTo: null,
    }),
  );
}

/** 监管事项 of 14 digits, and how the body carries out the first of them (domain §1.4 L6, L7). */
function inspectionRows(department: string, digits: string, uscc: string): readonly CatalogueItem[] {
  const field = ITEM_FAMILIES.find((family) => family.digits === digits)?.field ?? 'CITY_APPEARANCE';
  const item = (serial: number): CatalogueItem => ({
    code: `00330922${digits}${String(serial).padStart(4, '0')}`,
    name: `对${field === 'CITY_APPEARANCE' ? '市容环卫责任人' : '监管对象'}的行政检查（${serial}）`,
    list: 'SUPERVISION',
    powerKind: 'INSPECTION',
    field,
    department,
    enforcedBy: department === 'COMPREHENSIVE' ? 'COMPREHENSIVE' : 'BUSINESS_DEPARTMENT',
    scope: null,
    dutyBoundary: null,
    transferredFrom: null,
    legalBasis: '《浙江省行政执法监管平台事项清单》',
    township: null,
    edition: '2023年版',
    validFrom: '2023-01-01',
    validTo: null,
  });
  const items = Array.from({ length: INSPECTION_ITEMS }, (_, place) => item(place + 1));
  const implemented = items.slice(0, IMPLEMENTED).map(
    (one, place): CatalogueItem => ({
      ...one,
      code: `${uscc}4${String(place + 1).padStart(4, '0')}`,
      list: 'IMPLEMENTATION',
    }),
  );
  return [...items, ...implemented];
}
