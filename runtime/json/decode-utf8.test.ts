import { decodeUtf8 } from './decode-utf8.js';

const LONG = 'x'.repeat(2000);

describe('decodeUtf8()', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a short text', Buffer.from('宁波')],
    ['ASCII', Buffer.from(LONG)],
    ['Chinese', Buffer.from(`${LONG}海曙区综合行政执法局`.repeat(5))],
    ['characters beyond the first plane', Buffer.from(`${LONG}😀𠮷`)],
    ['a byte order mark', Buffer.from(`\ufeff${LONG}宁`)],
    ['a cut character', Buffer.from(`${LONG}宁`).subarray(0, -1)],
    ['a lone surrogate', Buffer.concat([Buffer.from(LONG), Buffer.from([0xed, 0xa0, 0x80])])],
    [
      'bytes that are none of UTF-8',
      Buffer.concat([Buffer.from(`${LONG}宁`), Buffer.from([0xff, 0xc0, 0x80])]),
    ],
    ['a part of a larger piece of memory', Buffer.from(`--${LONG}宁波--`).subarray(2, -2)],
  ])('gives the text of %s as toString() does', (_, bytes) => {
    expect(decodeUtf8(bytes)).toBe(bytes.toString());
  });
});
