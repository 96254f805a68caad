import iconv from 'iconv-lite';
import { SourceMalformed } from '../../source-error.js';
import { decodeXmlBytes } from './decode-xml-bytes.js';

const TEXT = '<a>嵊泗县𣗋㟙</a>';
const decode = (bytes: Buffer, contentType = '', fallback: 'utf-8' | 'gbk' | 'gb18030' = 'utf-8') =>
  decodeXmlBytes(bytes, contentType, fallback, 'read a test');

describe('decodeXmlBytes()', () => {
  test('believes the content-type first, then the declaration, then the connection', () => {
    const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
    const gb = iconv.encode(declaration + TEXT, 'gb18030');
    expect(decode(gb, 'text/xml; charset=GB18030')).toBe(declaration + TEXT);
    expect(() => decode(gb, 'text/xml', 'gbk')).toThrow(SourceMalformed);
    expect(decode(Buffer.from(declaration + TEXT), '', 'gbk')).toBe(declaration + TEXT);
    expect(decode(iconv.encode(TEXT, 'gb18030'), 'text/xml', 'gbk')).toBe(TEXT);
  });

  test.each(['GBK', 'gb2312', '"GB18030"', 'GB_2312-80', 'x-gbk'])('reads %s as GB18030', (charset) => {
    expect(decode(iconv.encode(TEXT, 'gb18030'), `text/xml;charset=${charset}`)).toBe(TEXT);
  });

  test.each([
    ['GBK that calls itself UTF-8', iconv.encode(TEXT, 'gbk'), 'utf-8'],
    ['GBK that calls itself Latin-1', iconv.encode(TEXT, 'gbk'), 'ISO-8859-1'],
    ['UTF-8 that calls itself GBK', Buffer.from('<a>嵊泗县某某</a>'), 'gbk'],
    ['UTF-8 that reads as GBK without a flaw', Buffer.from('<a>嵊泗县某</a>'), 'gbk'],
    ['half a character', iconv.encode('<a>嵊', 'gbk').subarray(0, 4), 'gbk'],
    ['a byte that GBK does not have', Buffer.from([0x61, 0xff, 0x62]), 'gbk'],
    ['UTF-8 cut in a character', Buffer.from('嵊').subarray(0, 2), 'utf-8'],
  ])('refuses %s', (_, bytes, charset) => {
    expect(() => decode(bytes, `text/xml; charset=${charset}`)).toThrow(SourceMalformed);
  });

  test('lets through text that was lost before, which is for the mapping to see', () => {
    expect(decode(iconv.encode('<a>锟斤拷</a>', 'gbk'), '', 'gbk')).toBe('<a>锟斤拷</a>');
  });
});
