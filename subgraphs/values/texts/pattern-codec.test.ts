import { patternCodec } from './pattern-codec.js';

const PARCEL = '330922100001GB00012';
const { decode, push } = patternCodec('^(\\d{12}[A-Z]{2}\\d{5})', ['待编']);

describe('patternCodec()', () => {
  it('gives the first group, or all that matches', () => {
    expect(decode(`${PARCEL}F00010001`)).toEqual({ value: PARCEL, quality: [] });
    expect(decode(` ${PARCEL}\u3000`)).toEqual({ value: PARCEL, quality: [] });
    expect(patternCodec('^.{28}$', []).decode(`${PARCEL}F00010001`).value).toBe(`${PARCEL}F00010001`);
  });

  it('gives nothing for a text without it, and marks it', () => {
    expect(decode('F00010001')).toEqual({ value: null, quality: ['TEXT_IMPLAUSIBLE'] });
  });

  it('knows words for nothing, and asks no source', () => {
    expect(decode('待编')).toEqual({ value: null, quality: ['NULL_WORD'] });
    expect(decode(null)).toEqual({ value: null, quality: [] });
    expect(push({ op: 'isNull' }, 'BDCDYH')).toBeNull();
  });
});
