import fc from 'fast-check';
import { dirtied, JUNK } from '../testing/dirty-cells.js';
import { expectPushLaw } from '../testing/push-law.js';
import type { CellPredicate } from '../value-codec.js';
import { codeCodec, codesCodec } from './code-codec.js';
import type { CodeList } from './code-list.js';
import { parseCodeList } from './parse-code-list.js';

const ENUMS = new Map([['Result', ['OBSTRUCTED', 'ISSUE', 'RECTIFIED', 'NONE', 'UNKNOWN']]]);

function list(codes: string): CodeList {
  const parsed = parseCodeList(
    `list: t/l\ntitle: x\nenum: Result\ncodes:\n${codes}`,
    't/l.yaml',
    't/l',
    ENUMS,
  );
  if (parsed.kind === 'problems') throw new Error(parsed.problems.map(({ en }) => en).join('\n'));
  return parsed.list;
}

const PLAIN = list(`
  - { code: '1', label: 未发现问题, value: NONE, aliases: [正常, 无] }
  - { code: '2', label: 发现问题, value: ISSUE }
  - { code: A, label: '不配合(情节严重)', value: OBSTRUCTED, aliases: ['吊销,未注销'] }
  - { code: '10', label: 已改正, value: RECTIFIED }
  - { code: '11', label: '已改正[旧]', value: RECTIFIED }
  - { code: '99', label: 不明, value: UNKNOWN }
`);
const NAMEABLE = list(`
  - { code: '1', label: 未发现问题, value: NONE, aliases: [正常, 无] }
  - { code: '2', label: 发现问题, value: ISSUE }
  - { code: A, label: '不配合(情节严重)', value: OBSTRUCTED, aliases: ['吊销,未注销'] }
  - { code: '10', label: 已改正, value: RECTIFIED }
  - { code: '99', label: 不明, value: UNKNOWN }
`);
const PERIODIC = list(`
  - { code: '01', label: 一般, value: ISSUE, until: 2020-12-31 }
  - { code: '01', label: 普通, value: RECTIFIED, from: 2021-01-01 }
  - { code: '02', label: 简易, value: NONE }
  - { code: '03', label: 旧, value: OBSTRUCTED, until: 2019-12-31 }
`);

const plain = { list: PLAIN, many: undefined, dated: false, nulls: [] };

test.each(['2', ' 2 ', '２', '发现问题', '\u3000发现问题\r\n', 2])(
  'D16 %j is known by code or label',
  (cell) => {
    expect(codeCodec(plain).decode(cell)).toEqual({ value: 'ISSUE', quality: [] });
  },
);

test('D16 what is in no list is UNKNOWN, and marked', () => {
  expect(codeCodec(plain).decode('Z9')).toEqual({ value: 'UNKNOWN', quality: ['CODE_UNKNOWN'] });
  expect(codeCodec(plain).decode('99')).toEqual({ value: 'UNKNOWN', quality: [] });
});

test('D4 null words are nothing, but a code of the list is a code', () => {
  expect(codeCodec(plain).decode('暂无')).toEqual({ value: null, quality: ['NULL_WORD'] });
  expect(codeCodec(plain).decode('无').value).toBe('NONE');
  expect(codeCodec(plain).decode(null)).toEqual({ value: null, quality: [] });
});

test('D15 of several codes the gravest counts, and all of them in the plural', () => {
  const many = { ...plain, many: ',' };
  expect(codeCodec(many).decode('1,10,2').value).toBe('ISSUE');
  expect(codeCodec(many).decode(',1，a ').value).toBe('OBSTRUCTED');
  expect(codeCodec(many).decode('1,Z').value).toBe('NONE');
  expect(codeCodec(many).decode('1,Z').quality).toEqual(['CODE_UNKNOWN']);
  expect(codesCodec(many).decode('10,1,Z,11,').value).toEqual(['RECTIFIED', 'NONE', 'UNKNOWN']);
  expect(codesCodec(many).decode(',').value).toBeNull();
});

test('D16 a date chooses the meaning; without one the last holds', () => {
  const codec = codeCodec({ ...plain, list: PERIODIC, dated: true });
  expect(codec.decode('01', '2020-12-31').value).toBe('ISSUE');
  expect(codec.decode('01', '2021-01-01').value).toBe('RECTIFIED');
  expect(codec.decode('01').value).toBe('RECTIFIED');
  expect(codec.decode('03', '2020-01-01')).toEqual({ value: 'UNKNOWN', quality: ['CODE_UNKNOWN'] });
  expect(codec.decode('03').value).toBe('OBSTRUCTED');
});

const values = fc.constantFrom('OBSTRUCTED', 'ISSUE', 'RECTIFIED', 'NONE', 'UNKNOWN', 'STRANGE');
const predicates: fc.Arbitrary<CellPredicate> = fc.oneof(
  fc.record({ op: fc.constant('in' as const), values: fc.array(values, { maxLength: 3 }) }),
  fc.record({ op: fc.constant('in' as const), values: values.map((value) => [value]) }),
  fc.constant({ op: 'isNull' } as const),
  fc.constant({ op: 'contains', text: 'ISSUE' } as const),
);
const texts = fc.constantFrom(
  '1',
  '2',
  '10',
  '11',
  'A',
  '99',
  'Z',
  '未发现问题',
  '正常',
  '无',
  '不配合(情节严重)',
  '吊销,未注销',
  '已改正[旧]',
  '已改正[旧[',
  '01',
  '02',
  '03',
  '一般',
  '普通',
  '旧',
  '暂无',
  '',
);
const single = fc.oneof(JUNK, dirtied(texts));
const several = fc.oneof(
  single,
  fc
    .array(dirtied(texts), { maxLength: 4 })
    .chain((elements) => fc.constantFrom(',', '，', ';').map((by) => elements.join(by))),
);
const asOf = fc.constantFrom(null, '2019-06-01', '2020-06-01', '2022-06-01');

describe.each([
  ['plain', plain],
  ['with a null word of its own', { ...plain, nulls: ['99', 'Z'] }],
  ['with periods and no date', { ...plain, list: PERIODIC }],
  ['with periods and a date', { ...plain, list: PERIODIC, dated: true }],
  ['several', { ...plain, many: ',' }],
  ['several, nameable', { ...plain, list: NAMEABLE, many: ',' }],
  ['several by ;', { ...plain, list: NAMEABLE, many: ';' }],
  ['several by 、', { ...plain, list: NAMEABLE, many: '、' }],
  ['several with periods and a date', { ...plain, list: PERIODIC, many: ',', dated: true }],
])('pushes keep the law: %s', (_name, options) => {
  const days = options.dated ? asOf : fc.constant(null);
  test('one code counts', () => {
    expectPushLaw({ codec: codeCodec(options), type: 'text', cells: several, predicates, asOf: days });
  });
  test('all codes count', () => {
    expectPushLaw({ codec: codesCodec(options), type: 'text', cells: several, predicates, asOf: days });
  });
});

test('pushes keep the law on integer columns', () => {
  expectPushLaw({
    codec: codeCodec(plain),
    type: 'integer',
    cells: fc.constantFrom(1, 2, 3, 10, 99, null),
    predicates,
  });
});

test('ordinary lists are decided by the source, dated ones never', () => {
  const wanted: CellPredicate = { op: 'in', values: ['ISSUE'] };
  expect(codeCodec({ ...plain, list: NAMEABLE }).push(wanted, 'c')?.exact).toBe(true);
  expect(codeCodec({ ...plain, list: NAMEABLE }).push({ op: 'in', values: ['UNKNOWN'] }, 'c')?.exact).toBe(
    true,
  );
  expect(codeCodec({ ...plain, list: NAMEABLE, many: ',' }).push(wanted, 'c')?.exact).toBe(true);
  expect(codeCodec({ ...plain, list: PERIODIC, dated: true }).push(wanted, 'c')?.exact).toBe(false);
});
