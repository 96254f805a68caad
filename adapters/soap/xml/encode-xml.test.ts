import fc from 'fast-check';
import { decodeXml } from './decode-xml.js';
import { decodeXmlBytes } from './decode-xml-bytes.js';
import { encodeXml } from './encode-xml.js';
import { escapeXml } from './escape-xml.js';
import { NO_XML_CHARACTER } from './xml-characters.js';

const CHARSETS = ['utf-8', 'gbk', 'gb18030'] as const;

describe('encodeXml()', () => {
  test('writes Chinese in the bytes of the charset', () => {
    expect(encodeXml('嵊', 'gbk').toString('hex')).toBe('e1d3');
    expect(encodeXml('嵊', 'gb18030').toString('hex')).toBe('e1d3');
    expect(encodeXml('嵊', 'utf-8').toString('hex')).toBe('e5b58a');
  });

  test('writes what the charset does not have as a reference', () => {
    expect(encodeXml('<a>𣗋?😀</a>', 'gbk').toString('latin1')).toBe('<a>&#x235cb;?&#x1f600;</a>');
    expect(encodeXml('㟙', 'gb18030').toString('hex')).toBe('8230d239');
  });

  test.each(CHARSETS)('in %s, every text comes back', (charset) => {
    const declaration = `<?xml version="1.0" encoding="${charset}"?>`;
    const text = fc
      .string({ unit: 'binary', maxLength: 40 })
      .filter((value) => !NO_XML_CHARACTER.test(value));
    const private19 = '\ue5e5\ue78d\ue78e\ue796\ue81e\ue826\ue82b\ue832\ue843\ue854\ue864\ue7c7€ḿ';
    fc.assert(
      fc.property(text, (value) => {
        const bytes = encodeXml(`${declaration}<a>${escapeXml(value)}</a>`, charset);
        const xml = decodeXmlBytes(bytes, '', 'utf-8', 'read a test');
        expect(decodeXml(xml, 'read a test').children[0]?.text).toBe(value);
      }),
      { numRuns: 60, examples: [[private19]] },
    );
  });
});
