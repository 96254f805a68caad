import { LosslessNumber, parse, stringify } from 'lossless-json';

/**
 * A number whose digits JavaScript's own numbers cannot keep, such as 9007199254740993 or 1.10. `String()` gives its
 * digits as they came, `Number()` the nearest number.
 */
export class ExactNumber extends LosslessNumber {
  override valueOf(): number {
    return Number(this.value);
  }

  /** Where an object belongs, a number is none: it has the name of no type. */
  get __typename(): string {
    return '';
  }

  /** Tells `stringifyExact` that there is one; whoever else makes JSON of it gets the nearest number. */
  toJSON(): number {
    wasMet = true;
    return Number(this.value);
  }
}

let wasMet = false;

/** A number in a JSON or GraphQL text: an `ExactNumber` only if nothing else can keep its digits. */
export function readNumber(text: string): number | ExactNumber {
  const number = Number(text);
  return String(number) === text ? number : new ExactNumber(text);
}

/**
 * A number, outside texts, that JavaScript might not keep as it is written: long, with an exponent, or with a zero at its
 * end. (Texts with such a piece are found as well, which costs time and nothing else.)
 */
const DOUBTFUL_NUMBER = /(?:"\s*:|[[,])\s*-?(?:[\d.]{16}|[\d.]+[eE]|\d*\.\d*0[,}\]\s])/;

/** Whether a JSON text may have numbers whose digits `JSON.parse` would not keep. */
export function hasDoubtfulNumbers(text: string): boolean {
  return DOUBTFUL_NUMBER.test(text);
}

/** Keeps the digits of every number. @throws {SyntaxError} and {RangeError} when it is nested too deep. */
export function parseExact(text: string): unknown {
  // As `JSON.parse`: of a key that stands twice, the last one counts.
  return parse(text, undefined, { parseNumber: readNumber, onDuplicateKey: ({ newValue }) => newValue });
}

/** As `JSON.stringify`, with all digits of `ExactNumber`s and bigints. @throws {RangeError} nested too deep. */
export function stringifyExact(value: unknown): string | undefined {
  wasMet = false;
  try {
    const text = JSON.stringify(value);
    if (!wasMet) return text;
  } catch (error) {
    // JSON.stringify refuses bigints.
    if (!(error instanceof TypeError)) throw error;
  }
  return stringify(value);
}
