const { imul, floor } = Math;

/**
 * Seeded random numbers that are the same on every machine and Node version: 32-bit integer arithmetic alone
 * (sfc32, seeded by a 128-bit hash of the path), and of floating-point only what IEEE 754 fixes to the last bit.
 */
export interface Random {
  /** Whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** True in `probability` of all draws, 0 to 1. */
  chance(probability: number): boolean;
  /** A new list in another order. */
  shuffle<T>(list: readonly T[]): T[];
  /** So many decimal digits; the first may be 0. */
  digits(count: number): string;
}

/**
 * The generator of one path, e.g. `randomFor(7, 'market.penalty', 12)`: what is drawn for one row or cell never
 * depends on how much was drawn for another, nor on the order in which they are made.
 */
export function randomFor(seed: number, ...path: readonly (string | number)[]): Random {
  let text = String(seed);
  for (const step of path) text += `/${step}`;
  return new SmallFastCounter(text);
}

class SmallFastCounter implements Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(text: string) {
    let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      a = b ^ imul(a ^ unit, 597399067);
      b = c ^ imul(b ^ unit, 2869860233);
      c = d ^ imul(c ^ unit, 951274213);
      d = a ^ imul(d ^ unit, 2716044179);
    }
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#counter = d | 0;
    // The first draws of neighbouring paths would be alike otherwise.
    for (let round = 0; round < 12; round += 1) this.#next();
  }

  /** 32 bits, not negative. */
  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  int(from: number, to: number): number {
    if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from <= to && to - from < 2 ** 32)) {
      throw new RangeError(
        `Cannot draw a number: the range must be whole and not empty, but is ${from} to ${to}`,
      );
    }
    // IEEE 754 makes this the same everywhere: a division by a power of two, one product, one floor.
    return from + floor((this.#next() / 2 ** 32) * (to - from + 1));
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('Cannot pick: the list must hold something, but is empty');
    return list[this.int(0, list.length - 1)] as T;
  }

  chance(probability: number): boolean {
    return this.#next() / 2 ** 32 < probability;
  }

  shuffle<T>(list: readonly T[]): T[] {
    const shuffled = [...list];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = this.int(0, last);
      [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
    }
    return shuffled;
  }

  digits(count: number): string {
    let text = '';
    while (text.length < count) text += this.int(0, 9);
    return text;
  }
}
