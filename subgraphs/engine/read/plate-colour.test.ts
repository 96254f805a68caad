import type { FeedRow } from '../../feed/feed.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import {
  openSmallDepartment,
  type SmallDepartment,
  testContext,
  withSqlite,
} from '../testing/small-department.js';

const MAPPING = `interface: road.vehicle
title: 车辆
owner: { department: road }
feeds: Licence
source: { connection: road, table: vehicles }
key: [id]
subject:
  - { scheme: plate, column: cphm, colour: { column: cpys, words: { "1": 蓝, "2": 黄, "5": 绿 } } }
fields:
  department: { value: TRANSPORT }
  type: { value: OTHER }
`;

/** The plate and its colour as the source holds them, and whom they name. */
const VEHICLES = [
  ['浙L·12345', '1', 'plate:浙L12345蓝'],
  ['浙L12345 ', '2', 'plate:浙L12345黄'],
  ['="浙L12345"', '黄色', 'plate:浙L12345黄'],
  ['浙L·D12345', '5', 'plate:浙LD12345'],
  ['浙LD12345', '渐变绿', 'plate:浙LD12345'],
  // Cut off by varchar(7): another vehicle may well bear the rest.
  ['浙LD1234', '5', null],
  ['浙L67890_蓝', '1', 'plate:浙L67890蓝'],
  ['浙L67890', null, 'plate:浙L67890'],
  ['浙L67890', '99', 'plate:浙L67890'],
  ['无', '2', null],
  [null, '2', null],
] as const;

const text = (cell: string | null): string => (cell === null ? 'null' : `'${cell}'`);
const TABLE = `create table vehicles (id integer primary key, cphm text, cpys text);
insert into vehicles values ${VEHICLES.map(([plate, colour], id) => `(${id}, ${text(plate)}, ${text(colour)})`).join(', ')};`;

async function read({ feed }: SmallDepartment, where: RowCondition): Promise<readonly FeedRow[]> {
  const order = [{ field: 'validTo', direction: 'desc' as const }];
  const request = { kind: 'Licence' as const, where, orderBy: order, reversed: false, limit: 50, fields: [] };
  const [part] = await feed.page({ ...request, refs: true }, testContext());
  if (part?.data === undefined) throw new Error(part?.reason ?? 'no part');
  return [...part.data.rows].sort((left, right) => Number(left.key[0]) - Number(right.key[0]));
}

test('the colour in another column tells vehicles of one number apart, and plates that were cut off', () =>
  withSqlite(TABLE, async (adapter) => {
    const rows = await read(openSmallDepartment([MAPPING], new Map([['road', adapter]])), { all: [] });
    expect(rows.map(({ subject }) => subject)).toEqual(VEHICLES.map(([, , subject]) => subject));
    expect(rows[5]?.quality).toEqual(['ID_UNRESOLVED:subject']);
  }));

test('what a row says of its subject finds all rows of that subject, and no others', () =>
  withSqlite(TABLE, async (adapter) => {
    const road = openSmallDepartment([MAPPING], new Map([['road', adapter]]));
    const rows = await read(road, { all: [] });
    for (const { subject } of rows) {
      if (subject === null) continue;
      const own = rows.filter((row) => row.subject === subject);
      const keys = own.flatMap(({ refs }) => [
        ...(refs?.refs ?? []),
        ...(refs?.spellings ?? []).map(({ held }) => held),
      ]);
      const found = await read(road, { subject: [...new Set(keys)] });
      expect(found.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
    }
  }));
