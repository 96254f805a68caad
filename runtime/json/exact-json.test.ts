import fc from 'fast-check';
import { ExactNumber, hasDoubtfulNumbers, parseExact, stringifyExact } from './exact-json.js';

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((all) => all.join(''));
const whole = digits(1, 25).map((text) => text.replace(/^0+(?=\d)/, ''));
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    whole,
    fc.option(digits(1, 20)),
    fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'e-'), digits(1, 2))),
  )
  .map(
    ([sign, integer, fraction, exponent]) =>
      `${sign}${integer}${fraction === null ? '' : `.${fraction}`}${exponent?.join('') ?? ''}`,
  )
  .filter((text) => !/^-0(?:\.0)*$/.test(text));
const json = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    numberText,
    fc.constantFrom('"text"', '"a 12345678901234567, [1.10]"', 'null', 'true'),
    fc.array(tie('value'), { maxLength: 3 }).map((all) => `[${all.join(',')}]`),
    fc
      .array(tie('value'), { maxLength: 3 })
      .map((all) => `{${all.map((one, i) => `"k${i}":${one}`).join(',')}}`),
  ),
})).value;

describe('exact JSON', () => {
  it('keeps the digits of every number, there and back', () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(stringifyExact(parseExact(text))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('is needed for no text that is found to have no doubtful number', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(':', ' : ', ': ', ' :'), (value, colon) => {
        const text = `{"data"${colon}${value}}`;
        if (!hasDoubtfulNumbers(text)) expect(JSON.stringify(JSON.parse(text))).toBe(`{"data":${value}}`);
      }),
      { numRuns: 300 },
    );
  });

  it('finds nothing doubtful in texts with digits', () => {
    expect(
      hasDoubtfulNumbers('{"id":"330922199001011234","at":"2026-05-01T08:00:00","sum":120.5,"n":42}'),
    ).toBe(false);
  });

  it('compares and converts as the nearest number', () => {
    const number = parseExact('9007199254740993');
    expect(number).toBeInstanceOf(ExactNumber);
    expect([Number(number), String(number), JSON.stringify([number])]).toEqual([
      9007199254740992,
      '9007199254740993',
      '[9007199254740992]',
    ]);
  });

  it('writes bigints, and takes the last of two members of one name', () => {
    expect(stringifyExact({ a: 2n ** 64n })).toBe('{"a":18446744073709551616}');
    expect(parseExact('{"a":1,"a":9007199254740993}')).toEqual({ a: new ExactNumber('9007199254740993') });
    expect(Object.getPrototypeOf(parseExact('{"__proto__":{"b":1.10}}'))).toBe(Object.prototype);
  });
});
