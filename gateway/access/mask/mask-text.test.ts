import fc from 'fast-check';
import { maskText } from './mask-text.js';

describe('maskText()', () => {
  it.each([
    ['张三', '张*'],
    ['欧阳修文', '欧***'],
    ['330922198001010009', '330***********0009'],
    ['33092219800101000X', '330***********000X'],
    ['13857205678', '138****5678'],
    ['wang.li@example.cn', 'w***@example.cn'],
    ['浙L·D1234', '浙L****'],
    ['浙LD12345', '浙L****'],
    ['6222021202041701419', '***************1419'],
    ['嵊泗县菜园镇海滨中路188号', '嵊泗县菜园镇***'],
    ['李', '*'],
    ['', ''],
  ])('%s → %s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it('never shows a whole text, but for stars', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
        const trimmed = text.trim();
        fc.pre(trimmed !== '' && !/^\*+$/.test(trimmed));
        expect(maskText(text)).not.toContain(trimmed);
      }),
    );
  });
});
