/** A list that is never held: each element is made anew whenever it is asked for. */
export class IndexedStream<T> implements Iterable<T> {
  readonly length: number;
  readonly #make: (index: number) => T;

  /** @param make a pure function of the index. */
  constructor(length: number, make: (index: number) => T) {
    this.length = length;
    this.#make = make;
  }

  /** @throws {RangeError} beyond the end. */
  at(index: number): T {
    if (index >= 0 && index < this.length) return this.#make(index);
    throw new RangeError(`Cannot make an element: index must be below ${this.length}, but is ${index}`);
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let index = 0; index < this.length; index += 1) yield this.#make(index);
  }
}
