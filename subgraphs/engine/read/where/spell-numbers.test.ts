import type { RowCondition } from '../../../kinds/row-condition.js';
import { openSmallDepartment, testContext, withSqlite } from '../../testing/small-department.js';

const mapping = (bound: number): string => `interface: office.case
title: 案件
owner: { department: office }
feeds: Case
source: { connection: office, table: cases }
key: [id]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: HEALTH }
  stage: { column: stage, type: Code, codes: market/case-stage }
  decisionNo: { column: number, type: DocumentNumber }
where: { gone: { not: '1' } }
limits: { maxRowsScanned: ${bound} }
`;

const NUMBERS = [
  '嵊卫罚〔2026〕第001号',
  '嵊卫罚[2026]1号',
  '嵊卫罚（２０２６）２',
  '嵊卫罚〔2026〕3号',
  '嵊卫罚〔2026〕13号',
  '嵊卫罚〔2025〕1号',
  '暂无',
];
const rows = NUMBERS.map((number, index) => `(${index}, null, '1', '${number}', '0')`);
const SQL = `create table cases (id integer primary key, uscc text, stage text, number text, gone text);
insert into cases values ${rows.join(',')}, (90, null, '1', null, '0'), (91, null, '1', '嵊卫罚〔2026〕1号', '1');`;

const numbered = (sameNumber: string): RowCondition => ({ field: 'decisionNo', sameNumber });
const ASKED = ['嵊卫罚(2026)1', '嵊卫罚〔2026〕2号', '嵊卫罚〔2026〕03号', '嵊卫罚〔2024〕1号'];

function idsOf(bound: number, where: RowCondition): Promise<{ ids: readonly string[]; calls: number }> {
  return withSqlite(SQL, async (adapter) => {
    const { feed, calls } = openSmallDepartment([mapping(bound)], new Map([['office', adapter]]));
    const [part] = await feed.page(
      { kind: 'Case', where, orderBy: [], reversed: false, limit: 20, fields: [] },
      testContext(),
    );
    return { ids: part?.data?.rows.map(({ id }) => id) ?? [String(part?.reason)], calls: calls.length };
  });
}

describe('a filter by many document numbers', () => {
  it.each([
    ['that the source lists first', 100],
    ['too many for it to list', 4],
  ])('%s finds every spelling of each, and none of another', async (_, bound) => {
    const { ids } = await idsOf(bound, { any: ASKED.map(numbered) });
    expect(ids).toEqual(['office.case:0', 'office.case:1', 'office.case:2', 'office.case:3']);
  });

  it('can be negated', async () => {
    const { ids } = await idsOf(100, { not: { any: ASKED.map(numbered) } });
    expect(ids).toEqual(['office.case:4', 'office.case:5', 'office.case:6', 'office.case:90']);
  });

  it('takes two calls, and no look at every row', async () => {
    expect((await idsOf(100, { any: ASKED.map(numbered) })).calls).toBe(2);
    expect((await idsOf(100, { any: ASKED.slice(0, 2).map(numbered) })).calls).toBe(1);
  });
});
