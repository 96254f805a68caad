/** What waits for an answer that names it by its number, without what a `Map` leaves behind: see `InOrder`. */
export class Numbered<Value> {
  #values: Record<number, Value> = Object.create(null);
  #last = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @returns its number; nothing else ever has it. */
  add(value: Value): number {
    this.#last += 1;
    this.#values[this.#last] = value;
    this.#size += 1;
    return this.#last;
  }

  /** Removes it. @returns undefined when nothing waits by that number. */
  take(number: number): Value | undefined {
    const value = this.#values[number];
    if (value === undefined) return undefined;
    delete this.#values[number];
    this.#size -= 1;
    return value;
  }

  /** Removes all. @returns them in the order of their numbers. */
  takeAll(): readonly Value[] {
    const all = Object.values(this.#values);
    this.#values = Object.create(null);
    this.#size = 0;
    return all;
  }
}
