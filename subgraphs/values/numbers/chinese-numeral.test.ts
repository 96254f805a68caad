import fc from 'fast-check';
import { chineseDigits, chineseInteger } from './chinese-numeral.js';

test('digits one by one', () => {
  expect(chineseDigits('二〇二〇')).toBe('2020');
  expect(chineseDigits('二十')).toBeNull();
});

test.each([
  ['十', 10n],
  ['十八', 18n],
  ['二十', 20n],
  ['二十一', 21n],
  ['一百零五', 105n],
  ['贰仟', 2000n],
  ['贰万伍仟', 25000n],
  ['壹拾万', 100000n],
  ['一百二十三万四千五百六十七', 1234567n],
  ['壹亿零伍拾万', 100500000n],
  ['两万', 20000n],
  ['零', 0n],
  ['一万亿', 1000000000000n],
  ['一千零一十', 1010n],
])('%s is %s', (text, value) => {
  expect(chineseInteger(text)).toBe(value);
});

test.each(['', '百', '一二', '十百', '万', '一万二万', 'x', '二〇二〇'])(
  '%j is no number in words',
  (text) => {
    expect(chineseInteger(text)).toBeNull();
  },
);

test('reads back every number written in capitals', () => {
  const digits = '零壹贰叁肆伍陆柒捌玖';
  const section = (value: number): string => {
    let text = '';
    for (const [unit, word] of [
      [1000, '仟'],
      [100, '佰'],
      [10, '拾'],
      [1, ''],
    ] as const) {
      const digit = Math.floor(value / unit) % 10;
      if (digit > 0) text += `${digits[digit] ?? ''}${word}`;
      else if (text !== '' && !text.endsWith('零') && value % unit > 0) text += '零';
    }
    return text;
  };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999 }), (value) => {
      const [high, low] = [Math.floor(value / 10_000), value % 10_000];
      const text = `${high > 0 ? `${section(high)}万` : ''}${high > 0 && low > 0 && low < 1000 ? '零' : ''}${low > 0 ? section(low) : ''}`;
      expect(chineseInteger(text)).toBe(BigInt(value));
    }),
  );
});
