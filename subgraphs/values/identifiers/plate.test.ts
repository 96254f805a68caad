import { isPlate, readPlate } from './plate.js';

test.each([
  ['浙L·D1234 5', '浙LD12345'],
  ['浙Ｌ１２３４５', '浙L12345'],
  ['浙L-12345', '浙L12345'],
  ['浙l12345f', '浙L12345F'],
  ['浙LAD1234', '浙LAD1234'],
  ['浙L1234挂', '浙L1234挂'],
  ['浙L·1234 挂', '浙L1234挂'],
  ['浙L1234警', '浙L1234警'],
  ['浙O1234警', '浙O1234警'],
  ['浙L1234学', '浙L1234学'],
  ['粤Z1234港', '粤Z1234港'],
  ['沪A1234领', '沪A1234领'],
])('plate %s is %s', (text, plate) => {
  expect(readPlate(text)).toEqual({ value: plate, quality: [] });
  expect(isPlate(plate)).toBe(true);
});

test.each([
  '浙L12345黄',
  '浙L12345(黄)',
  '浙L12345（黄色）',
  '浙L12345_黄',
  '浙L12345-黄牌',
  '浙L·12345 黄 牌',
  '(黄)浙L12345',
  '黄牌浙L12345',
])('%s is the yellow 浙L12345', (text) => {
  expect(readPlate(text)).toEqual({ value: '浙L12345黄', quality: [] });
});

test('number and colour together identify a vehicle', () => {
  const plates = ['浙L12345', '浙L12345蓝', '浙L12345黄', '浙L12345黑'].map((text) => readPlate(text).value);
  expect(new Set(plates).size).toBe(4);
  expect(plates.every((plate) => plate?.startsWith('浙L12345') === true)).toBe(true);
});

test.each([
  ['浙LD12345绿', '浙LD12345'],
  ['浙LD12345（渐变绿）', '浙LD12345'],
  ['浙L12345D黄绿双拼', '浙L12345D'],
  ['浙L1234挂(黄)', '浙L1234挂'],
  ['浙L1234警白', '浙L1234警'],
  ['浙L1234学黄', '浙L1234学'],
])('the colour of %s says nothing new', (text, plate) => {
  expect(readPlate(text)).toEqual({ value: plate, quality: [] });
});

test.each([
  '浙L1234',
  '浙L1234567',
  '浙I12345',
  '浙O12345',
  'L12345',
  '浙LO2345',
  '浙L12345B',
  '浙L12345G',
  '浙L12345Y',
  '浙L12345绿',
  '浙LD12345蓝',
  '浙L1234警蓝',
  '浙L1234挂蓝',
  '浙L12345_0',
  '浙LD1234_2',
  '浙LA1234-1',
  '浙L12345_D',
  '浙L12345_2',
  '浙L12345、浙L12346',
])('plate %s is none', (text) => {
  expect(readPlate(text).value).toBeNull();
  expect(isPlate(text)).toBe(false);
});
