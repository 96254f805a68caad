import fc from 'fast-check';
import { Secret } from '../config/secret.js';
import { ALL_ROWS, ANONYMOUS, type Caller, callerKey, decodeCaller, encodeCaller } from './caller.js';

const KEY = new Secret('a key of sixteen characters or more');
const OTHER_KEY = new Secret('another key of sixteen characters');
const name = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
const list = fc.option(fc.array(name, { maxLength: 3 }), { nil: null });
const callers: fc.Arbitrary<Caller> = fc.record(
  {
    name,
    role: name,
    scope: fc.record({ townships: list, departments: list }),
    purpose: name,
    smallCells: fc.constantFrom(3, 5, 11),
    hands: fc.constant(true as const),
  },
  { requiredKeys: ['name', 'role', 'scope'] },
);

describe('encodeCaller()', () => {
  it.each([
    ['unsigned', undefined],
    ['signed', KEY],
  ])('is read again, %s, and fits into a header', (_how, key) => {
    fc.assert(
      fc.property(callers, (caller) => {
        const text = encodeCaller(caller, key);
        expect(text).toMatch(/^[\w.-]+$/);
        expect(decodeCaller(text, key)).toEqual(caller);
      }),
    );
  });

  it('is made anew for another caller, for another key, and after a second', () => {
    const [one, other] = [ANONYMOUS, { ...ANONYMOUS, name: 'somebody' }];
    const first = encodeCaller(one, KEY, 1000);
    expect(encodeCaller(one, KEY, 1999)).toBe(first);
    expect(decodeCaller(encodeCaller(one, KEY, 2000), KEY, 61_000 + 30_500)).toEqual(one);
    expect(encodeCaller(one, KEY, 1000)).toBe(first);
    expect(decodeCaller(encodeCaller(other, KEY, 1000), KEY, 1000)).toEqual(other);
    expect(decodeCaller(encodeCaller(other, OTHER_KEY, 1000), OTHER_KEY, 1000)).toEqual(other);
    expect(encodeCaller(other, undefined, 1000)).not.toContain('.');
  });
});

describe('decodeCaller()', () => {
  const caller: Caller = {
    name: 'idp.example.cn/wang',
    role: 'analyst',
    scope: { townships: ['330922101'], departments: null },
  };
  const signed = encodeCaller(caller, KEY);

  it('takes no header for the anonymous caller, where nobody is told apart', () => {
    expect(decodeCaller(undefined)).toBe(ANONYMOUS);
    expect(decodeCaller(undefined, KEY)).toBeNull();
  });

  it('knows nobody by an unsigned header, another key, or a body that was changed', () => {
    const [body = '', mac = ''] = signed.split('.');
    const wider = encodeCaller({ ...caller, scope: ALL_ROWS });
    for (const text of [
      encodeCaller(caller),
      encodeCaller(caller, OTHER_KEY),
      `${wider}.${mac}`,
      `${body}.`,
      `${body}.${mac}.${mac}`,
      `${body}.${mac.slice(1)}`,
    ])
      expect(decodeCaller(text, KEY)).toBeNull();
    expect(decodeCaller(signed, KEY)).toEqual(caller);
    // Whoever expects no signature cannot judge one.
    expect(decodeCaller(signed)).toBeNull();
  });

  it('knows nobody by a header of minutes ago', () => {
    expect(decodeCaller(signed, KEY, Date.now() + 85_000)).toEqual(caller);
    expect(decodeCaller(signed, KEY, Date.now() + 95_000)).toBeNull();
  });

  it('knows nobody by any other text', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
      fc.constant(Buffer.from('["a","b",[1],null,9e15,null,null]').toString('base64url')),
      fc.constant(Buffer.from('["","b",null,null,9e15,null,null]').toString('base64url')),
      fc.constant(Buffer.from('["a","b",null,null,9e15,"",null]').toString('base64url')),
      fc.constant(Buffer.from('["a","b",null,null,9e15,null,4]').toString('base64url')),
    );
    fc.assert(fc.property(texts, (text) => expect(decodeCaller(text)).toBeNull()));
  });
});

it('callerKey() tells callers apart, and what they look for', () => {
  const one: Caller = { name: 'a', role: 'analyst', scope: ALL_ROWS };
  const others: readonly Caller[] = [
    { ...one, name: 'b' },
    { ...one, role: 'audit' },
    { ...one, scope: { townships: [], departments: null } },
    { ...one, scope: { townships: null, departments: [] } },
    { ...one, purpose: '许可-00225-001' },
    { ...one, purpose: '处罚-00100-000' },
    { ...one, smallCells: 5 },
  ];
  expect(new Set([one, ...others].map(callerKey)).size).toBe(8);
});
