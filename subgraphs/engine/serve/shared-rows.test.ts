import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { compileRowReader, type EngineRow } from '../read/row/row-reader.js';
import { openSmallDepartment, testContext, withSqlite } from '../testing/small-department.js';
import { createRowLoaders } from './row-loaders.js';

const [FIRM, OTHER] = ['91330922MA28K00156', '91330922MA28KX007W'];
const CITIZEN = '330922198001010009';

const MAPPING = `interface: land.parcel
title: 宗地
owner: { department: land }
facet: Subject.land.parcels
source: { connection: land, table: parcels }
key: [id]
order: { id: asc }
subject:
  - { scheme: uscc, column: owners, split: "、" }
fields:
  id: { column: id, type: Integer, sorts: asNumber }
limits: { keysPerCall: 1 }
`;

const PARCELS = [
  FIRM,
  `${FIRM}、${OTHER}`,
  `${OTHER} 、${CITIZEN}`,
  `${CITIZEN}、统一社会信用代码：${FIRM.toLowerCase()}`,
  '暂无、张三',
  null,
];
const TABLE = `create table parcels (id integer primary key, owners text);
insert into parcels values ${PARCELS.map((owners, id) => `(${id}, ${owners === null ? 'null' : `'${owners}'`})`).join(', ')};`;

/** Whom the rows name, and by which keys each of them finds its rows again: what the registry makes of them. */
async function readOwners(adapter: SourceAdapter) {
  const [served] = openSmallDepartment([MAPPING], new Map([['land', adapter]])).served;
  if (served === undefined) throw new Error('nothing is served');
  const options = { fields: ['id'], today: '2026-06-30', subject: true, refs: true };
  const reader = compileRowReader(served.compiled, options);
  const answer = await served.rows.read(
    { columns: reader.columns, where: { kind: 'always' }, orderBy: [], limit: 50 },
    testContext(),
  );
  const rows = answer.map((cells) => reader.read(cells));
  const keys = new Map<string, Set<string>>();
  for (const { refs } of rows) {
    for (const ref of refs?.refs ?? []) keys.set(ref, (keys.get(ref) ?? new Set()).add(ref));
    for (const { ref, held } of refs?.spellings ?? []) keys.get(ref)?.add(held);
  }
  return { rows, keys, loaders: createRowLoaders(served, ['id']) };
}

const idsOf = (rows: readonly EngineRow[]): unknown[] => rows.map(({ values }) => values.get('id'));

test('a row that names several belongs to each of them, once', () =>
  withSqlite(TABLE, async (adapter) => {
    const { keys, loaders } = await readOwners(adapter);
    const person = [...keys.keys()].find((ref) => ref.startsWith('person:')) ?? '';
    const found = await Promise.all(
      [`uscc:${FIRM}`, `uscc:${OTHER}`, person].map(async (ref) =>
        idsOf(await loaders.bySubject({ id: ref, keys: [...(keys.get(ref) ?? [])] }, testContext())),
      ),
    );
    expect(found).toEqual([
      [0, 1, 3],
      [1, 2],
      [2, 3],
    ]);
  }));

test('the first of them is the subject of the row, and a row that names nobody has none', () =>
  withSqlite(TABLE, async (adapter) => {
    const { rows } = await readOwners(adapter);
    expect(rows.map(({ subject }) => subject?.slice(0, 7) ?? null)).toEqual([
      'uscc:91',
      'uscc:91',
      'uscc:91',
      'person:',
      null,
      null,
    ]);
    expect(rows[4]?.quality).toContain('ID_UNRESOLVED:subject');
  }));

test('no key holds the number of a citizen who stands in the cell of somebody else', () =>
  withSqlite(TABLE, async (adapter) => {
    const { keys } = await readOwners(adapter);
    expect([...keys.values()].flatMap((some) => [...some]).filter((key) => key.includes(CITIZEN))).toEqual(
      [],
    );
  }));
