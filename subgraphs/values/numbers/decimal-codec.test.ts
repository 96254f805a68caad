import fc from 'fast-check';
import { dirtied, JUNK } from '../testing/dirty-cells.js';
import { expectPushLaw, expectSortLaw } from '../testing/push-law.js';
import type { CellPredicate } from '../value-codec.js';
import { decimalCodec } from './decimal-codec.js';
import type { Unit } from './units.js';

const yuan = decimalCodec({ unit: '元', order: 'none', nulls: [] });
const of = (unit: Unit) => decimalCodec({ unit, order: 'none', nulls: [] });

test.each<[string | number | bigint, string]>([
  ['10000', '10000.00'],
  ['2,000.00', '2000.00'],
  ['1,234,567.5', '1234567.50'],
  [' ２０００ ', '2000.00'],
  ['¥2000', '2000.00'],
  ['人民币2000元整', '2000.00'],
  ['2000元', '2000.00'],
  ['2万元', '20000.00'],
  ['0.5万元', '5000.00'],
  ['1.5亿元', '150000000.00'],
  ['2万', '20000.00'],
  ['贰仟元', '2000.00'],
  ['贰仟元整', '2000.00'],
  ['人民币贰万伍仟元整', '25000.00'],
  ['壹拾万元', '100000.00'],
  ['叁佰元伍角陆分', '300.56'],
  ['壹佰零伍元零陆分', '105.06'],
  ['二千元', '2000.00'],
  ['两万元', '20000.00'],
  ['壹亿零伍拾万元', '100500000.00'],
  ['拾元', '10.00'],
  ['1.2E4', '12000.00'],
  ['1e-3', '0.001'],
  ['-5', '-5.00'],
  ['.5', '0.50'],
  ['007', '7.00'],
  ['12.340', '12.34'],
  ['0', '0.00'],
  [2000, '2000.00'],
  [0.1, '0.10'],
  [9007199254740993n, '9007199254740993.00'],
  ['123456789012345678901234.567890123', '123456789012345678901234.567890123'],
])('D17 %p is %s yuan', (cell, value) => {
  expect(yuan.decode(cell)).toEqual({ value, quality: [] });
});

test.each<[Unit, string | number, string]>([
  ['万元', '50.000000', '500000.00'],
  ['万元', '1.23456789', '12345.6789'],
  ['万元', 0.1, '1000.00'],
  ['万元', '2000元', '2000.00'],
  ['万元', '2万', '20000.00'],
  ['厘米', '3250', '32.50'],
  ['厘米', '32.5米', '32.50'],
  ['米', '3250CM', '32.50'],
  ['马力', '300', '220.65'],
  ['马力', '220.65kW', '220.65'],
  ['千瓦', '300马力', '220.65'],
  ['千克', '1500', '1.50'],
  ['吨', '1500公斤', '1.50'],
  ['亩', '12.5', '12.50'],
  ['亩', '2公顷', '30.00'],
  ['公顷', '0.1', '1.50'],
  ['平方米', '1,234.56', '1.85184'],
  ['平方米', '3.2亩', '3.20'],
  ['亩', '200㎡', '0.30'],
  ['亩', '200 m2', '0.30'],
  ['亩', '200平米', '0.30'],
  ['平方公里', '0.04', '60.00'],
  ['公顷', '0.04km²', '60.00'],
  ['米', '12.5m', '12.50'],
  ['mg/L', '38.2', '38.20'],
  ['mg/L', '38200 μg/L', '38.20'],
  ['μg/L', '650', '0.65'],
  ['μg/L', '0.65mg/L', '0.65'],
  ['万元', '贰仟元', '2000.00'],
  ['%', '12.5', '12.50'],
  ['%', '88%', '88.00'],
  ['%', '8.25 ％', '8.25'],
  ['比率', '0.35', '35.00'],
  ['比率', '35%', '35.00'],
])('D17 in a column of %s, %p is %s', (unit, cell, value) => {
  expect(of(unit).decode(cell)).toEqual({ value, quality: [] });
});

test.each([
  '约两千',
  '2,00',
  '1.2.3',
  '2000米',
  '20%',
  'abc',
  '二〇二〇',
  '12 34x',
  '1'.repeat(61),
  'Infinity',
  '1e40',
])('D17 %s is unreadable', (cell) => {
  expect(yuan.decode(cell)).toEqual({ value: null, quality: ['AMOUNT_UNREADABLE'] });
});

test('a measure that is none is an unreadable number', () => {
  expect(of('米').decode('长').quality).toEqual(['NUMBER_UNREADABLE']);
});

test.each(['ND', 'nd', '未检出', '<0.01', '＜0.01', '暂无', '', '\\N', 'NaN'])(
  '%j says that there is no amount',
  (cell) => {
    expect(yuan.decode(cell)).toEqual({ value: null, quality: ['NULL_WORD'] });
  },
);

const amounts = fc
  .tuple(fc.integer({ min: -99999, max: 99999 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, scale]) => {
    const text = String(Math.abs(digits)).padStart(scale + 1, '0');
    return `${digits < 0 ? '-' : ''}${scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`}`;
  });
const predicates: fc.Arbitrary<CellPredicate> = fc.oneof(
  fc.record({ op: fc.constant('range' as const), from: amounts }),
  fc.record({ op: fc.constant('range' as const), to: amounts }),
  fc.record({ op: fc.constant('range' as const), from: amounts, to: amounts }),
  fc.record({
    op: fc.constant('in' as const),
    values: fc.array(fc.oneof(amounts, fc.constantFrom('x', '220.65', '1000')), { maxLength: 3 }),
  }),
  fc.constant({ op: 'isNull' } as const),
  fc.constant({ op: 'contains', text: '1' } as const),
);
const numbers = fc.oneof(
  amounts,
  fc.constantFrom(null, 'NaN', 'Infinity', '-Infinity', '300', '0.1', `${'9'.repeat(31)}`),
);

describe.each<[Unit]>([['元'], ['万元'], ['厘米'], ['马力'], ['千克'], ['比率']])(
  'a numeric column of %s',
  (unit) => {
    const codec = decimalCodec({ unit, order: 'exact', nulls: [] });
    test('pushes keep the law', () => {
      expectPushLaw({ codec, type: 'decimal', cells: numbers, predicates, compare: 'number' });
    });
    test('sorts keep the law', () => {
      expectSortLaw({ codec, type: 'decimal', cells: numbers, compare: 'number' });
    });
    test('what decodes to an amount is found by it', () => {
      fc.assert(
        fc.property(amounts, (cell) => {
          const { value } = codec.decode(cell);
          const pushed = codec.push({ op: 'in', values: [String(value)] }, 'c');
          expect(pushed?.condition.kind).not.toBe('never');
        }),
      );
    });
  },
);

describe.each<[Unit]>([['元'], ['万元'], ['马力']])('a column of binary fractions of %s', (unit) => {
  const codec = decimalCodec({ unit, order: 'binary', nulls: [] });
  const doubles = amounts.map(Number);
  const dusty = fc.oneof(
    doubles,
    doubles.map((number) => Math.fround(number)),
    fc.tuple(doubles, doubles).map(([left, right]) => left + right),
    fc.tuple(doubles, doubles).map(([left, right]) => left * right),
    fc.constantFrom(null, 3.3000000000000003, 434.99999999999994, -1.4551915228366852e-11),
  );
  const near = fc.oneof(
    predicates,
    fc.constantFrom<CellPredicate>(
      { op: 'in', values: ['3.30', '435', '0'] },
      { op: 'range', from: '435' },
      { op: 'range', to: '0', from: '0' },
    ),
  );
  test('pushes find every cell', () => {
    expectPushLaw({ codec, type: 'float', cells: dusty, predicates: near, compare: 'number' });
    expect(codec.push({ op: 'range', from: '435' }, 'c')?.exact).toBe(false);
  });
  test('sorts keep the law', () => {
    expectSortLaw({ codec, type: 'float', cells: dusty, compare: 'number' });
  });
});

test('a text column of amounts pushes and sorts nothing', () => {
  expect(yuan.sort).toBeUndefined();
  expectPushLaw({
    codec: yuan,
    type: 'text',
    cells: fc.oneof(JUNK, dirtied(amounts)),
    predicates,
    compare: 'number',
  });
  expect(yuan.push({ op: 'range', from: '1' }, 'c')).toBeNull();
});

test('amounts are exact whatever their size', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 25n }), (digits) => {
      const value = of('万元').decode(`${digits}`).value;
      expect(value).toBe(`${digits * 10_000n}.00`);
    }),
  );
});

test.each([
  ['1591735.25', '1591735.25'],
  ['2377164.25', '2377164.25'],
  ['16777215.5', '16777215.50'],
  ['262144.125', '262144.125'],
  [1591735.25, '1591735.25'],
  [1234.56005859375, '1234.56'],
  [12345.669921875, '12345.67'],
  [0.10000000149011612, '0.10'],
])('an amount that a single-precision column could hold as well is kept: %s', (cell, value) => {
  expect(yuan.decode(cell)).toEqual({ value, quality: [] });
});

test('plain cells have the value that the long way of reading them gives', () => {
  // Words that mean nothing take every cell the long way.
  const longWay = (order: 'exact' | 'binary' | 'none') =>
    decimalCodec({ unit: '元', order, nulls: ['没有这个词'] });
  const cell = fc.oneof(
    fc
      .tuple(fc.nat(2_000_000_000), fc.constantFrom('', '.', '.0', '.5', '.05', '.50', '.125'))
      .map((parts) => parts.join('')),
    fc.constantFrom('0', '00', '-0', '+1', '01', '0.00', '999999999', '1000000000', '1e3', ' 7 ', "'7"),
    fc.double({ noNaN: true, min: -1e7, max: 1e7 }),
  );
  fc.assert(
    fc.property(cell, fc.constantFrom('exact', 'binary', 'none'), (text, order) => {
      expect(decimalCodec({ unit: '元', order, nulls: [] }).decode(text)).toEqual(
        longWay(order).decode(text),
      );
    }),
    { numRuns: 2000 },
  );
});
