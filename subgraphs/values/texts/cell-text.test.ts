import fc from 'fast-check';
import { BLANKS, trimText } from './cell-text.js';

test('trimText() takes off every blank at both ends, and nothing else', () => {
  const blank = new RegExp(`[${BLANKS}]`, 'u');
  const character = fc.oneof(
    fc.constantFrom(
      ' ',
      '\t',
      '\u3000',
      '\ufeff',
      '\u00ad',
      '\u200b',
      '\u0085',
      '!',
      '~',
      '\u007f',
      'a',
      '渔',
      '㐀',
      '鿿',
      '𠮷',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 6 }), (characters) => {
      const whole = [...characters.join('')];
      const isBlank = (one: string): boolean => blank.test(one);
      const first = whole.findIndex((one) => !isBlank(one));
      const last = whole.findLastIndex((one) => !isBlank(one));
      expect(trimText(whole.join(''))).toBe(first < 0 ? '' : whole.slice(first, last + 1).join(''));
    }),
    { numRuns: 2000 },
  );
});
