import type { SourceColumn } from '../../../../adapters/source-adapter.js';
import { draftField } from './draft-fields.js';
import { fieldNames } from './field-names.js';

const column = (name: string, more: Partial<SourceColumn> = {}): SourceColumn => ({
  name,
  type: 'text',
  nativeType: 'text',
  nullable: true,
  ...more,
});
const often = (...cells: readonly (string | number)[]) => Array.from({ length: 6 }, () => cells).flat();
const days = (first: number, unit: number) =>
  Array.from({ length: 9 }, (_, day) => (first + day * 86_400) * unit);

test.each([
  ['罚款金额（万元）', '万元'],
  ['罚款金额(单位：万元)', '万元'],
  ['罚款（万元）', '万元'],
  ['处罚情况/罚款（万元）', '万元'],
  ['船长(厘米)', '厘米'],
])('the heading %s is drafted in %s', (name, unit) => {
  expect(draftField(column(name), ['1.5', '20']).field).toEqual({ column: name, type: 'Decimal', unit });
});

test('cells that are percentages are drafted as such', () => {
  expect(draftField(column('cxl'), ['10%', '112.5%', '3 ％']).field).toEqual({
    column: 'cxl',
    type: 'Decimal',
    unit: '%',
  });
});

test('a unit is read from the comment as well', () => {
  const fkje = column('fkje', { type: 'decimal', comment: '罚款金额，单位：万元' });
  expect(draftField(fkje, [1]).field).toEqual({
    column: 'fkje',
    description: '罚款金额，单位：万元',
    type: 'Decimal',
    unit: '万元',
  });
});

test('a heading without a unit says nothing of units', () => {
  expect(draftField(column('罚款金额（大写）'), ['壹佰元']).field).toEqual({ column: '罚款金额（大写）' });
});

describe('whole numbers', () => {
  const typeOf = (name: string, cells: readonly (string | number)[], more: Partial<SourceColumn> = {}) =>
    draftField(column(name, { type: 'integer', ...more }), cells).field;

  it('count time when they lie apart within the years of such systems', () => {
    expect(typeOf('ctime', days(1_750_000_000, 1))).toMatchObject({
      type: 'DateTime',
      format: 'epochSeconds',
      sorts: 'asNumber',
    });
    expect(typeOf('gxsj', days(1_750_000_000, 1000))).toMatchObject({
      type: 'DateTime',
      format: 'epochMillis',
    });
    expect(draftField(column('t'), days(1_750_000_000, 1000).map(String)).field).toEqual({
      column: 't',
      type: 'DateTime',
      format: 'epochMillis',
    });
  });

  it('are numbers when they follow each other, or are too small', () => {
    expect(
      typeOf(
        'id',
        Array.from({ length: 9 }, (_, index) => 1_750_000_001 + index),
      ),
    ).toMatchObject({ type: 'Integer' });
    expect(typeOf('capacity', [120, 80, 95])).toMatchObject({ type: 'Integer' });
  });

  it('are codes when few are repeated, unless the heading speaks of a number', () => {
    expect(typeOf('checkresult', often(1, 2, 3))).toMatchObject({ type: 'Code' });
    expect(typeOf('x7', often(1, 2))).toMatchObject({ type: 'Code' });
    expect(typeOf('执法人员数量', often(2, 3))).toMatchObject({ type: 'Integer' });
    expect(typeOf('rs', often(2, 3), { comment: '人数' })).toMatchObject({ type: 'Integer' });
  });
});

describe('codes', () => {
  it('are the values that a column repeats, with what its comment says of each', () => {
    const found = draftField(
      column('jcjg', { comment: '检查结果：1合格 2不合格 9-其他' }),
      often('1', '2', '9'),
    );
    expect(found.field).toEqual({
      column: 'jcjg',
      description: '检查结果：1合格 2不合格 9-其他',
      type: 'Code',
    });
    expect(found.codes).toEqual([
      { code: '1', label: '合格' },
      { code: '2', label: '不合格' },
      { code: '9', label: '其他' },
    ]);
  });

  it('are words as well', () => {
    expect(
      draftField(column('状态'), often('有效', '注销'))
        .codes?.map(({ code }) => code)
        .sort(),
    ).toEqual(['有效', '注销']);
  });

  it('are no dates, no amounts and no names', () => {
    expect(
      draftField(
        column('检查日期'),
        Array.from({ length: 30 }, (_, day) => `2026-06-${String(day + 1).padStart(2, '0')}`),
      ).field,
    ).toMatchObject({ type: 'Date' });
    expect(draftField(column('检查日期'), often('2026-06-01', '2026-06-02')).field).toMatchObject({
      type: 'Date',
    });
    expect(draftField(column('费用'), often('1.5', '2.5')).codes).toBeNull();
    expect(
      draftField(
        column('名称'),
        Array.from({ length: 30 }, (_, index) => `渔业公司${index}`),
      ).codes,
    ).toBeNull();
  });

  it('yes and no are Boolean', () => {
    expect(draftField(column('是否合格'), often('是', '否')).field).toMatchObject({ type: 'Boolean' });
  });
});

describe('fieldNames()', () => {
  it('calls fields after their columns and headings', () => {
    expect(
      fieldNames([
        'S_EXT_VALIDFLAG',
        '检查日期',
        '罚款（万元）',
        '证照/发证日期',
        '序号',
        '检查单位',
        'A级景区',
        '#',
        '检查日期',
      ]),
    ).toEqual(['sExtValidflag', 'jcrq', 'fk', 'zzFzrq', 'xh', 'jcdw', 'ajjq', 'column8', 'jcrq2']);
  });
});
