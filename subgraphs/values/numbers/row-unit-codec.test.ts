import { rowUnitCodec } from './row-unit-codec.js';

const { decode, push } = rowUnitCodec('mg/kg', []);

test.each([
  ['0.035', 'mg/kg', '0.035'],
  ['35', 'μg/kg', '0.035'],
  ['35', 'µg/kg', '0.035'],
  ['35', ' UG/KG ', '0.035'],
  ['35', 'ｕｇ／ｋｇ', '0.035'],
  ['0.035', null, '0.035'],
  ['0.035', '无', '0.035'],
  // What the cell says itself counts before the column.
  ['0.035mg/kg', 'μg/kg', '0.035'],
])('%j beside the unit %j is %s mg/kg', (cell, unit, value) => {
  expect(decode(cell, unit)).toEqual({ value, quality: [] });
});

test.each([
  ['ND', 'mg/kg', 'NULL_WORD'],
  ['未检出', 'μg/kg', 'NULL_WORD'],
  ['<0.01', 'mg/kg', 'NULL_WORD'],
  ['35', 'kg', 'NUMBER_UNREADABLE'],
  ['35', '元', 'NUMBER_UNREADABLE'],
  ['35', 'ppb', 'NUMBER_UNREADABLE'],
  ['见附件', 'mg/kg', 'NUMBER_UNREADABLE'],
])('%j beside the unit %j is no number, and marked %s', (cell, unit, mark) => {
  expect(decode(cell, unit)).toEqual({ value: null, quality: [mark] });
});

test('an empty cell is nothing, whatever stands beside it, and no filter goes to the source', () => {
  expect(decode(null, 'ppb')).toEqual({ value: null, quality: [] });
  expect(push({ op: 'range', from: '1' }, 'jcz')).toBeNull();
});
