import fc from 'fast-check';
import { ANONYMOUS, callerKey, decodeCaller, encodeCaller } from './caller.js';

describe('encodeCaller()', () => {
  it('gives the text of a header that reads back as the same caller', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (name) => {
        const caller = { name, scope: 'everything' } as const;
        const text = encodeCaller(caller);
        expect(text).toMatch(/^[\x21-\x7e]+$/);
        expect(decodeCaller(text)).toEqual(caller);
      }),
    );
  });
});

describe('decodeCaller()', () => {
  it('takes a call without the header for anonymous', () => {
    expect(decodeCaller(undefined)).toBe(ANONYMOUS);
  });

  it.each(['', 'everything:', 'somebody', 'nothing:x', 'everything:%E4%', 'everything:a\r\nb'])(
    'knows nobody by %j',
    (header) => {
      expect(decodeCaller(header)).toBeNull();
    },
  );
});

it('callerKey() tells callers apart', () => {
  expect(callerKey({ name: 'a', scope: 'everything' })).not.toBe(
    callerKey({ name: 'b', scope: 'everything' }),
  );
});
