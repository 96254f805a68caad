import { usccCodec } from './uscc-codec.js';

const { decode } = usccCodec([]);
const HAIYAN = '91330922MA28K00156';
const OTHER = '91330922MA28KX007W';

describe('usccCodec()', () => {
  it.each([
    ['the whole cell', HAIYAN],
    ['a permit number that begins with it', `${HAIYAN}001V`],
    ['the number in full width and with blanks', ` ９１３３０９２２MA28K00156 001V`],
    ['a number that holds it further on', `PW${HAIYAN}001V`],
    ['a label before it', `编号：${HAIYAN.toLowerCase()}001v`],
  ])('reads the code of %s', (_what, cell) => {
    expect(decode(cell)).toEqual({ value: HAIYAN, quality: [] });
  });

  it('repairs the letter O only at the beginning, and marks it', () => {
    expect(decode('9133O922MA28K00156001V')).toEqual({ value: HAIYAN, quality: ['ID_REPAIRED'] });
    expect(decode('PW9133O922MA28K00156')).toEqual({ value: null, quality: ['ID_UNRESOLVED'] });
  });

  it('marks a code that is not the one beside it, however that is typed', () => {
    expect(decode(`${HAIYAN}001V`, `统一社会信用代码：${HAIYAN.toLowerCase()}`).quality).toEqual([]);
    expect(decode(`${HAIYAN}001V`, OTHER)).toEqual({ value: HAIYAN, quality: ['ID_CONFLICT'] });
    expect(decode('9133O922MA28K00156001V', OTHER).quality).toEqual(['ID_REPAIRED', 'ID_CONFLICT']);
  });

  it('compares with nothing that is no such code', () => {
    expect(decode(`${HAIYAN}001V`, '330922000000012').quality).toEqual([]);
    expect(decode(`${HAIYAN}001V`, '').quality).toEqual([]);
  });

  it('gives nothing where there is none', () => {
    expect(decode('浙环许〔2021〕12号')).toEqual({ value: null, quality: ['ID_UNRESOLVED'] });
    expect(decode('91330922MA28K00155001V')).toEqual({ value: null, quality: ['ID_UNRESOLVED'] });
    expect(decode('暂无')).toEqual({ value: null, quality: ['NULL_WORD'] });
    expect(decode(null)).toEqual({ value: null, quality: [] });
  });
});
