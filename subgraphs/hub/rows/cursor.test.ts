import fc from 'fast-check';
import { createCursorCodec, digestQuery, markOf, type RowCursor } from './cursor.js';

const codec = createCursorCodec('a key for tests, long enough');
const digest = digestQuery({ kind: 'Case', where: null });
const CURSOR: RowCursor = {
  position: { keys: ['2026-01-01', null], interface: 'market.case', key: ['嵊市监处罚〔2026〕12号', '😀'] },
  walk: new Set(['market.case', 'marine.case'].map(markOf)),
  behind: new Map([
    [markOf('marine.case'), { keys: ['2026-02-01'], interface: 'market.case', key: ['7'] }],
    [markOf('health.case'), null],
  ]),
  backward: false,
};

const refused = expect.objectContaining({ extensions: expect.objectContaining({ code: 'CURSOR_INVALID' }) });

describe.each([
  {
    name: 'row',
    text: codec.sealRow(digest, CURSOR),
    open: (text: string, of = digest): unknown => codec.openRow(of, text),
    value: CURSOR as unknown,
  },
  {
    name: 'subject',
    text: codec.sealSubject(digest, { value: '海晏渔业', id: 'uscc:1' }),
    open: (text: string, of = digest): unknown => codec.openSubject(of, text),
    value: { value: '海晏渔业', id: 'uscc:1' } as unknown,
  },
])('a $name cursor', ({ text, open, value }) => {
  it('opens to what was sealed', () => {
    expect(open(text)).toEqual(value);
  });

  it('is refused with any one bit flipped', () => {
    const bytes = Buffer.from(text, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const forged = Buffer.from(bytes);
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => open(forged.toString('base64url'))).toThrow(refused);
    }
  });

  it('is refused in any other spelling', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = [...alphabet].filter((char) => char !== text.at(-1)).map((char) => text.slice(0, -1) + char);
    const others = [`${text}=`, `${text}==`, ` ${text}`, `${text}\n`, text.slice(0, -1), `${text}A`, '', '!'];
    for (const forged of [...last, ...others]) expect(() => open(forged)).toThrow(refused);
  });

  it('is refused for another query and under another key', () => {
    expect(() => open(text, digestQuery({ kind: 'Case', where: {} }))).toThrow(refused);
    const other = createCursorCodec('another key for tests, as long');
    expect(() => other.openRow(digest, text)).toThrow(refused);
    expect(() => other.openSubject(digest, text)).toThrow(refused);
  });

  it('is refused whatever it is, unless it was sealed here', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.base64String(), fc.string({ minLength: 20_000, maxLength: 20_001 })),
        (any) => {
          expect(() => open(any)).toThrow(refused);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('createCursorCodec()', () => {
  it('never takes a cursor of subjects for one of rows, nor the reverse', () => {
    expect(() => codec.openSubject(digest, codec.sealRow(digest, CURSOR))).toThrow(refused);
    expect(() => codec.openRow(digest, codec.sealSubject(digest, { value: null, id: 'uscc:1' }))).toThrow(
      refused,
    );
  });

  it('hides the names of subjects', () => {
    const text = codec.sealSubject(digest, { value: '张三', id: 'person:1' });
    expect(Buffer.from(text, 'base64url').toString()).not.toContain('张三');
  });

  it('stays compact with forty interfaces in the walk', () => {
    const walk = new Set(Array.from({ length: 40 }, (_, index) => markOf(`department.interface${index}`)));
    const cursor: RowCursor = { ...CURSOR, walk, behind: new Map() };
    expect(codec.sealRow(digest, cursor).length).toBeLessThan(420);
  });

  it('refuses a key that is too short', () => {
    expect(() => createCursorCodec('short')).toThrow('at least 16 bytes, but has 5');
  });
});

describe('digestQuery()', () => {
  it('does not depend on the order of keys, but on everything else', () => {
    expect(digestQuery({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(digestQuery({ b: [{ d: 3, c: 2 }], a: 1 }));
    expect(digestQuery({ a: ['1', '2'] })).not.toBe(digestQuery({ a: ['2', '1'] }));
    expect(digestQuery({ a: '1' })).not.toBe(digestQuery({ a: 1 }));
  });
});
