/**
 * What comes and goes all the time, such as calls that are under way, in the order in which it came.
 *
 * A `Set` or `Map` would do, at a price: each time that one of them is tidied up, V8 leaves its table behind with what was in it, and a link from
 * it to the next one. Once one such table is old, all that come after it outlive the collections of young objects, and with
 * them every request that was under way: each collection takes ten times as long, and the heap grows until the next full one.
 */
export class InOrder<Value> {
  #first: Place<Value> | null = null;
  #last: Place<Value> | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The one that came first of those that are there. */
  get first(): Value | undefined {
    return this.#first?.value;
  }

  /** @returns removes it. Idempotent. */
  add(value: Value): () => void {
    const place: Place<Value> = { value, before: this.#last, after: null, isIn: true };
    if (this.#last === null) this.#first = place;
    else this.#last.after = place;
    this.#last = place;
    this.#size += 1;
    return () => this.#remove(place);
  }

  /** Those that are there now; what is removed meanwhile is left out. */
  *[Symbol.iterator](): Generator<Value> {
    const places: Place<Value>[] = [];
    for (let place = this.#first; place !== null; place = place.after) places.push(place);
    for (const place of places) if (place.isIn) yield place.value;
  }

  #remove(place: Place<Value>): void {
    if (!place.isIn) return;
    place.isIn = false;
    if (place.before === null) this.#first = place.after;
    else place.before.after = place.after;
    if (place.after === null) this.#last = place.before;
    else place.after.before = place.before;
    // What is gone must not hold on to what is there.
    place.before = null;
    place.after = null;
    this.#size -= 1;
  }
}

interface Place<Value> {
  readonly value: Value;
  before: Place<Value> | null;
  after: Place<Value> | null;
  isIn: boolean;
}
