import fc from 'fast-check';
import { atDepth } from '../../../test/deep.js';
import { SourceMalformed, SourceTooLarge } from '../../source-error.js';
import { decodeXml } from './decode-xml.js';
import { escapeXml } from './escape-xml.js';
import { NO_XML_CHARACTER } from './xml-characters.js';
import type { XmlNode } from './xml-node.js';

/** The root element as nested arrays: name, text, children. */
function outline(xml: string): unknown {
  const spell = (node: XmlNode): unknown => [
    node.name,
    node.isNil ? null : node.text,
    ...node.children.map(spell),
  ];
  return decodeXml(xml, 'read a test').children.map(spell);
}

describe('decodeXml()', () => {
  test('keeps text exactly: blanks, digits, entities, CDATA and comments between', () => {
    expect(outline('<a> 007 </a>')).toEqual([['a', ' 007 ']]);
    expect(outline('<a>x&lt;y&amp;lt;<![CDATA[<&amp;]]><!-- c -->z</a>')).toEqual([['a', 'x<y&lt;<&amp;z']]);
    expect(outline('<a>&#x37D9;&#144843;&#13;\r\n\r</a>')).toEqual([['a', '㟙𣗋\r\n\n']]);
    expect(outline('<a>true</a>')).toEqual([['a', 'true']]);
    expect(outline('<a></a>')).toEqual(outline('<a/>'));
  });

  test('takes prefixes off, reads attributes as children and xsi:nil as null', () => {
    const xml =
      '<s:a xmlns:s="u" xmlns="v" k="1 &amp;\n2"><n xsi:nil="true"/><m xsi:nil="false" xsi:type="t">x</m></s:a>';
    expect(outline(xml)).toEqual([['a', '', ['@k', '1 & 2'], ['n', null], ['m', 'x']]]);
  });

  test('takes names that objects inherit for names like others', () => {
    const names = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf', 'text'];
    for (const name of names) {
      expect(outline(`<r ${name}="1"><${name}>2</${name}></r>`)).toEqual([
        ['r', '', [`@${name}`, '1'], [name, '2']],
      ]);
      expect(Object.hasOwn(Object.prototype, '1')).toBe(false);
    }
  });

  test('passes over a byte order mark, a declaration and whatever encoding that claims', () => {
    expect(outline('\ufeff<?xml version="1.0" encoding="GBK"?>\n<!-- c --><a/>\n')).toEqual([['a', '']]);
    expect(outline('\n <?xml version="1.0"?><a/>')).toEqual([['a', '']]);
  });

  test.each([
    ['nothing', ''],
    ['text', 'x'],
    ['an unclosed element', '<a><b></a>'],
    ['a truncated tag', '<a><b'],
    ['a truncated empty root', '<a/'],
    ['a second root', '<a/><b/>'],
    ['a second root after a closed one', '<a></a><b></b>'],
    ['text after the root', '<a/>x'],
    ['text before the root', 'x<a/>'],
    ['CDATA after the root', '<a/><![CDATA[x]]>'],
    ['an unclosed comment', '<a/><!-- '],
    ['unclosed CDATA', '<a><![CDATA[</a>'],
    ['a lone closing tag', '</a>'],
    ['a loose attribute', '<a b/>'],
    ['an unquoted attribute', '<a b=1/>'],
    ['attributes that touch', '<a b="1"c="2"/>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute twice under two prefixes', '<a x:b="1" y:b="2"/>'],
    ['a tag in an attribute', '<a b="<"/>'],
    ['an unclosed quote', '<a b="1><c d=" "/></a>'],
    ['a bare ampersand', '<a>&</a>'],
    ['an entity of HTML', '<a>&nbsp;</a>'],
    ['an entity of nobody', '<a b="&x;"/>'],
    ['a reference to no character', '<a>&#0;</a>'],
    ['a reference to half a pair', '<a>&#xd800;</a>'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['a DOCTYPE', '<!DOCTYPE a><a/>'],
    ['a DOCTYPE in small letters', '<!doctype html><a/>'],
    ['an element declaration', '<a><!ELEMENT b ANY></a>'],
    ['a processing instruction', '<a><?php echo "?>"; ?></a>'],
    ['a declaration in the middle', '<a><?xml version="1.0"?></a>'],
    ['a name that is none', '<1a/>'],
    ['HTML', '<html><body><br><p>x</body></html>'],
  ])('refuses %s', (_, xml) => {
    expect(() => decodeXml(xml, 'read a test')).toThrow(SourceMalformed);
  });

  test('refuses entities that unfold, and any that name a file, before anything is parsed', () => {
    const lol = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    for (const subset of [`<!ENTITY l0 "lol">${lol}`, '<!ENTITY l9 SYSTEM "file:///etc/passwd">']) {
      const start = performance.now();
      expect(() => decodeXml(`<!DOCTYPE a [${subset}]><a>&l9;</a>`, 'read a test')).toThrow(/no DOCTYPE/);
      expect(performance.now() - start).toBeLessThan(5000);
    }
  });

  test('refuses what is too deep or has too many parts, soon', () => {
    const deep = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(() => decodeXml(deep(64), 'read a test')).not.toThrow();
    expect(() => decodeXml(deep(65), 'read a test')).toThrow(SourceMalformed);
    expect(() => decodeXml(`<a>${'<b/>'.repeat(600_000)}</a>`, 'read a test')).toThrow(SourceTooLarge);
    expect(() => decodeXml(`<a ${'b="1" '.repeat(600_000)}/>`, 'read a test')).toThrow(SourceTooLarge);
    expect(() => decodeXml(`<a b="${'x'.repeat(5_000_000)}" ${' '.repeat(500_000)}!/>`, 'read')).toThrow(
      SourceMalformed,
    );
  });

  test('keeps long texts like short ones', () => {
    const long = '嵊&lt;泗\r\n'.repeat(300);
    const text = '嵊<泗\n'.repeat(300);
    const cdata = '<b>&amp;'.repeat(300);
    expect(
      outline(`<a k="${'x'.repeat(2000)}">${long}<![CDATA[${cdata}]]>${long}<b>0</b><c>${long}</c></a>`),
    ).toEqual([['a', text + cdata + text, ['@k', 'x'.repeat(2000)], ['b', '0'], ['c', text]]]);
    expect(outline(`${'\n'.repeat(500)}<!-- ${long} --><a>0</a>${' '.repeat(500)}`)).toEqual([['a', '0']]);
    expect(() => outline(`<a>${long}&nbsp;${long}</a>`)).toThrow(SourceMalformed);
  });

  test('is the inverse of escapeXml() in texts and attributes', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !NO_XML_CHARACTER.test(value));
    fc.assert(
      fc.property(text, (value) => {
        const escaped = escapeXml(value);
        expect(outline(`<a b="${escaped}" c='${escaped}'>${escaped}</a>`)).toEqual([
          ['a', value, ['@b', value], ['@c', value]],
        ]);
      }),
      { numRuns: atDepth(50, 500) },
    );
  });
});
