import { encode } from 'iconv-lite';
import { charsetOf, decodeText } from './decode-text.js';

describe('decodeText()', () => {
  it.each([
    ['utf-8', null],
    ['utf-8', 'UTF-8'],
    ['utf-8', 'ISO-8859-1'],
    ['gbk', 'GBK'],
    ['gbk', 'gb2312'],
    ['gb18030', 'GBK'],
    ['gb18030', 'GB18030'],
  ])('reads %s that is called %s', (encoding, charset) => {
    expect(
      decodeText(encode('嵊泗县㟙山 é', encoding === 'gbk' ? 'gb18030' : encoding), charset, 'read'),
    ).toBe('嵊泗县㟙山 é');
  });

  it.each([
    ['gbk', null],
    ['gbk', 'utf-8'],
    ['utf-8', 'GBK'],
    ['utf16le', 'utf-16'],
  ])('refuses %s that is called %s', (encoding, charset) => {
    expect(() => decodeText(encode('嵊泗县枸杞乡', encoding), charset, 'read')).toThrow('Cannot read');
  });
});

describe('charsetOf()', () => {
  it.each([
    ['text/xml; charset="GBK"', 'GBK'],
    ['application/json;charset=utf-8', 'utf-8'],
    ['application/json', null],
  ])('%s', (contentType, charset) => {
    expect(charsetOf(contentType)).toBe(charset);
  });
});
