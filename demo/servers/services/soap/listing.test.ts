import { readListQuery } from './listing.js';

const MOST = { holders: 2, rows: 100 };

/** As a call with these texts would be read. */
const read = (
  style: 'numbered' | 'offset',
  { holders = '', from = '', to = '', position = '', size = '' },
): ReturnType<typeof readListQuery> =>
  readListQuery(
    { holders: ['zjhm', holders], from, to, position: ['ys', position, style], size: ['hs', size] },
    MOST,
  );

describe('readListQuery()', () => {
  it('counts pages from 1 and rows from 0', () => {
    expect(read('numbered', { position: '3', size: '20' })).toMatchObject({ skip: 40, take: 20 });
    expect(read('offset', { position: '40', size: '20' })).toMatchObject({ skip: 40, take: 20 });
    expect(read('numbered', {})).toEqual({ holders: [], from: '', to: '', skip: 0, take: 50 });
    expect(read('offset', { holders: 'a,,b' })).toMatchObject({ holders: ['a', 'b'], skip: 0 });
  });

  it.each([
    [{ holders: 'a,b,c' }, 'zjhm最多2个'],
    [{ from: '2026/1/1' }, '日期格式应为yyyy-MM-dd'],
    [{ to: '20260101' }, '日期格式应为yyyy-MM-dd'],
    [{ size: '101' }, 'hs必须在1到100之间'],
    [{ size: '0' }, 'hs必须在1到100之间'],
    [{ position: '0' }, 'ys必须为不小于1的整数'],
    [{ position: 'x' }, 'ys必须为不小于1的整数'],
  ])('refuses %j', (texts, sentence) => {
    expect(read('numbered', texts)).toBe(sentence);
  });
});
