import {
  addDecimals,
  compareDecimals,
  isDecimal,
  multiplyDecimal,
  negateDecimal,
} from './numbers/decimal.js';
import { satisfies } from './satisfies.js';
import { compareSortTexts } from './texts/sort-text.js';

const text = { compare: 'text' } as const;
const number = { compare: 'number' } as const;

test('satisfies() in', () => {
  expect(satisfies('A', { op: 'in', values: ['B', 'A'] }, text)).toBe(true);
  expect(satisfies(null, { op: 'in', values: ['A'] }, text)).toBe(false);
  expect(satisfies(['A', 'B'], { op: 'in', values: ['B'] }, text)).toBe(true);
  expect(satisfies([], { op: 'in', values: ['B'] }, text)).toBe(false);
  expect(satisfies(true, { op: 'in', values: [true] }, text)).toBe(true);
  expect(satisfies(true, { op: 'in', values: ['true'] }, text)).toBe(false);
  expect(satisfies('2000.00', { op: 'in', values: ['2000'] }, number)).toBe(true);
  expect(satisfies(5, { op: 'in', values: ['5.0', 'x'] }, number)).toBe(true);
});

test('satisfies() range takes both ends in', () => {
  expect(satisfies('2026-06-30', { op: 'range', from: '2026-06-30', to: '2026-06-30' }, text)).toBe(true);
  expect(satisfies('2026-07-01', { op: 'range', to: '2026-06-30' }, text)).toBe(false);
  expect(satisfies('900.00', { op: 'range', to: '1000' }, number)).toBe(true);
  expect(satisfies('900.00', { op: 'range', from: 'x' }, number)).toBe(false);
  expect(satisfies(null, { op: 'range' }, text)).toBe(false);
  expect(satisfies('x', { op: 'range' }, text)).toBe(true);
});

test('satisfies() a day as the end of a range of moments covers the day, other offsets are converted', () => {
  const moment = '2026-06-30T23:59:59+08:00';
  expect(satisfies(moment, { op: 'range', from: '2026-06-30', to: '2026-06-30' }, text)).toBe(true);
  expect(satisfies(moment, { op: 'range', to: '2026-06-30T15:59:59Z' }, text)).toBe(true);
  expect(satisfies(moment, { op: 'range', to: '2026-06-30T15:59:58Z' }, text)).toBe(false);
  expect(satisfies(moment, { op: 'in', values: ['2026-06-30T15:59:59Z'] }, text)).toBe(true);
});

test('satisfies() isNull, contains, sameNumber', () => {
  expect(satisfies(null, { op: 'isNull' }, text)).toBe(true);
  expect(satisfies('', { op: 'isNull' }, text)).toBe(false);
  expect(satisfies('海晏渔业', { op: 'contains', text: '渔业' }, text)).toBe(true);
  expect(satisfies(['甲', '乙'], { op: 'contains', text: '乙' }, text)).toBe(true);
  expect(
    satisfies('嵊市监处罚〔2026〕12号', { op: 'sameNumber', text: '嵊市监处罚[2026]第012号' }, text),
  ).toBe(true);
});

test('compareSortTexts() by code point: an astral character comes after every other', () => {
  expect(compareSortTexts('𣗋', '\uffee', 'text')).toBeGreaterThan(0);
  expect('𣗋' > '\uffee').toBe(false);
  expect(compareSortTexts('㟙', '𣗋', 'text')).toBeLessThan(0);
  expect(compareSortTexts('2026-06-30', '2026-06-30T00:00:00+08:00', 'text')).toBeLessThan(0);
});

test('compareSortTexts() numbers by value', () => {
  expect(compareSortTexts('1000.00', '999.00', 'number')).toBeGreaterThan(0);
  expect(compareSortTexts('2.0', '2.00', 'number')).toBe(0);
});

test('decimals are added, negated and multiplied exactly', () => {
  expect(addDecimals('0.1', '0.20')).toBe('0.30');
  expect(addDecimals('123456789012345678.99', '0.01')).toBe('123456789012345679.00');
  expect(addDecimals('1.005', '-1.005')).toBe('0.00');
  expect(negateDecimal('2000')).toBe('-2000.00');
  expect(multiplyDecimal('0.015', 3)).toBe('0.045');
  expect(compareDecimals('-1', '0')).toBeLessThan(0);
  expect(isDecimal('1.2.3')).toBe(false);
  expect(() => addDecimals('x', '1')).toThrow('Cannot calculate with "x"');
});
