import { LRUCache } from 'lru-cache';

/** How much of a cache is for what was asked for once. */
const NEWCOMERS = 0.15;
/** How much of it is for what is kept for good. */
const PINNED = 0.25;

interface Sized<Value> {
  readonly value: Value;
  readonly bytes: number;
}

/**
 * A cache that is bounded in bytes, and in which a flood of new values displaces no busy one: a value that was set is
 * among the newcomers, until it is asked for; those that were asked for displace each other alone (a segmented LRU).
 */
export class BusyCache<Value extends object> {
  readonly #newcomers: LRUCache<string, Sized<Value>>;
  readonly #busy: LRUCache<string, Sized<Value>>;
  readonly #pinned = new Map<string, Sized<Value>>();
  readonly #maxPinned: number;
  readonly #onGone: (value: Value) => void;
  #pinnedBytes = 0;

  /**
   * @param maxBytes of all values.
   * @param onGone told of each value that is no longer kept, unless another one took its place.
   */
  constructor(maxBytes: number, onGone: (value: Value) => void = () => undefined) {
    this.#onGone = onGone;
    const sizeOf = { sizeCalculation: ({ bytes }: Sized<Value>): number => bytes };
    this.#maxPinned = maxBytes * PINNED;
    this.#newcomers = new LRUCache({
      maxSize: Math.floor(maxBytes * NEWCOMERS),
      ...sizeOf,
      dispose: ({ value }, _, reason) => {
        if (reason === 'evict') onGone(value);
      },
    });
    this.#busy = new LRUCache({
      maxSize: Math.floor(maxBytes * (1 - NEWCOMERS - PINNED)),
      ...sizeOf,
      // What is no longer busy is a newcomer again.
      dispose: (sized, key, reason) => {
        if (reason === 'evict') this.#enter(key, sized);
      },
    });
  }

  /** Bytes of everything that is kept, as its owner estimated them. */
  get bytes(): number {
    return this.#newcomers.calculatedSize + this.#busy.calculatedSize + this.#pinnedBytes;
  }

  get(key: string): Value | undefined {
    const known = this.#pinned.get(key) ?? this.#busy.get(key);
    if (known !== undefined) return known.value;
    const newcomer = this.#newcomers.get(key);
    if (newcomer === undefined) return undefined;
    this.#newcomers.delete(key);
    this.#busy.set(key, newcomer);
    return newcomer.value;
  }

  /** @param bytes estimated; a value that is larger than its part of the cache is not kept. */
  set(key: string, value: Value, bytes: number): void {
    const sized = sizedOf(value, bytes);
    if (this.#pinned.has(key)) this.#pin(key, sized);
    else if (this.#busy.has(key)) this.#busy.set(key, sized);
    else this.#enter(key, sized);
  }

  /** Keeps a value for good, as long as there is room for such ones; else like any other. */
  pin(key: string, value: Value, bytes: number): void {
    this.#newcomers.delete(key);
    this.#busy.delete(key);
    this.#pin(key, sizedOf(value, bytes));
  }

  delete(key: string): void {
    const known = this.#pinned.get(key) ?? this.#busy.peek(key) ?? this.#newcomers.peek(key);
    this.#pinnedBytes -= this.#pinned.get(key)?.bytes ?? 0;
    this.#pinned.delete(key);
    this.#busy.delete(key);
    this.#newcomers.delete(key);
    if (known !== undefined) this.#onGone(known.value);
  }

  /** Everything that is kept; nothing becomes busy by it. */
  *values(): Iterable<Value> {
    for (const { value } of this.#pinned.values()) yield value;
    for (const { value } of this.#busy.values()) yield value;
    for (const { value } of this.#newcomers.values()) yield value;
  }

  #enter(key: string, sized: Sized<Value>): void {
    this.#newcomers.set(key, sized);
    if (!this.#newcomers.has(key)) this.#onGone(sized.value);
  }

  #pin(key: string, sized: Sized<Value>): void {
    this.#pinnedBytes -= this.#pinned.get(key)?.bytes ?? 0;
    this.#pinned.delete(key);
    if (this.#pinnedBytes + sized.bytes > this.#maxPinned) {
      this.#enter(key, sized);
      return;
    }
    this.#pinnedBytes += sized.bytes;
    this.#pinned.set(key, sized);
  }
}

function sizedOf<Value>(value: Value, bytes: number): Sized<Value> {
  return { value, bytes: Math.max(1, Math.ceil(bytes)) };
}
