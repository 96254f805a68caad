import { decimalCodec } from './decimal-codec.js';
import { integerCodec } from './integer-codec.js';

const yuan = decimalCodec({ unit: '元', order: 'none', nulls: [] });
const wan = decimalCodec({ unit: '万元', order: 'none', nulls: [] });

test.each([
  ['-￥100', '-100.00'],
  ['￥-100', '-100.00'],
  ['−100.5', '-100.50'],
  ['负壹佰元整', '-100.00'],
  ['(1,234.50)', '-1234.50'],
  ['（￥1,234.50）', '-1234.50'],
  ['￥(100)', '-100.00'],
  ['人民币（大写）壹佰元整', '100.00'],
  ['大写：壹佰元整', '100.00'],
  ['5000.00元（伍仟元整）', '5000.00'],
  ['伍仟元整（¥5,000.00）', '5000.00'],
  ['1000 RMB', '1000.00'],
  ['1000圆', '1000.00'],
  ['3万5千元', '35000.00'],
  ['1亿2000万元', '120000000.00'],
  ['1千万元', '10000000.00'],
  ['2千万元', '20000000.00'],
  ['3.5亿元', '350000000.00'],
  ['壹亿贰仟万元', '120000000.00'],
  ['壹万贰仟元整', '12000.00'],
  ['壹拾元零伍分', '10.05'],
  ['壹佰元零角伍分', '100.05'],
  ['伍角整', '0.50'],
  ['叁分', '0.03'],
  ['贰万', '20000.00'],
  ['1 234.50', '1234.50'],
  ['="1,234.50"', '1234.50'],
  ["'100", '100.00'],
  ['1.2E4', '12000.00'],
  ['1.2E+4', '12000.00'],
])('%s is %s yuan', (cell, value) => {
  expect(yuan.decode(cell)).toEqual({ value, quality: [] });
});

test.each([
  '$1,000',
  'US$1000',
  'USD 1000',
  'HK$1000',
  '1000美元',
  '€5',
  '3 5',
  '100 200',
  '1,2345',
  '12,34.5',
  '100-',
  '--100',
  '-(100)',
  '5000元（伍佰元整）',
  '一万五',
  '一百五元',
  '壹佰伍元',
  '一千五万',
  '壹亿贰亿元',
  '3000-5000',
  '约5000元',
])('%s has two readings, or is not in yuan', (cell) => {
  expect(yuan.decode(cell)).toEqual({ value: null, quality: ['AMOUNT_UNREADABLE'] });
});

test.each([
  ['0.5', '5000.00'],
  ['2万', '20000.00'],
  ['2万元', '20000.00'],
  ['5000元', '5000.00'],
  ['伍仟元', '5000.00'],
  ['贰拾万', '200000.00'],
  ['3.3000000000000003', '33000.00'],
])('in a column of 万元, %s is %s yuan', (cell, value) => {
  expect(wan.decode(cell)).toEqual({ value, quality: [] });
});

test('words without a unit in a column of 万元 may count either', () => {
  expect(wan.decode('伍')).toEqual({ value: null, quality: ['AMOUNT_UNREADABLE'] });
  expect(wan.decode('零').value).toBe('0.00');
});

test.each<[string | number, string]>([
  ['3.3000000000000003', '3.30'],
  ['0.30000000000000004', '0.30'],
  ['434.99999999999994', '435.00'],
  [1234567.8900000001, '1234567.89'],
  [1234.56005859375, '1234.56'],
  [0.10000000149011612, '0.10'],
  ['1234.5625', '1234.5625'],
  ['0.000012345678901', '0.000012345678901'],
  ['12345678901234567890.12', '12345678901234567890.12'],
  [12345678.9, '12345678.90'],
])('%s is %s without binary dust', (cell, value) => {
  expect(yuan.decode(cell)).toEqual({ value, quality: [] });
});

test.each<[string | number, string]>([
  ['-1.4551915228366852E-11', '0.00'],
  [100.00000000000142, '100.00'],
  [0.3333333333333333, '0.3333333333333333'],
])('%s is perhaps %s, and marked', (cell, value) => {
  expect(yuan.decode(cell)).toEqual({ value, quality: ['NUMBER_IMPRECISE'] });
});

test('what Excel shows of a long number is no number', () => {
  const integer = integerCodec({ isNumeric: false, nulls: [] });
  for (const { decode } of [yuan, integer]) {
    expect(decode('1.23457E+11')).toEqual({ value: null, quality: ['NUMBER_IMPRECISE'] });
    expect(decode('3.30922E+17')).toEqual({ value: null, quality: ['NUMBER_IMPRECISE'] });
  }
});

test.each<[string | number, number]>([
  ['1.2E3', 1200],
  ['1.0389321E7', 10389321],
  ['12.0', 12],
  [2.9999999999999996, 3],
  ['="0012"', 12],
  ["'12人", 12],
])('the integer %s is %s', (cell, value) => {
  expect(integerCodec({ isNumeric: false, nulls: [] }).decode(cell)).toEqual({ value, quality: [] });
});
