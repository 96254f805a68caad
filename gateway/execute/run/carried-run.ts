import type { Carriage, ReadReply, ReplyBytes, WrittenAnswer } from '../../bytes/carriage.js';

/**
 * A run as far as bytes carry it. When something is in doubt, what was done so far is done over with objects, from the same replies: nothing is
 * asked again.
 */
export class CarriedRun {
  #carriage: Carriage | null;
  /** Each step with objects. */
  #again: (() => void)[] = [];

  readonly #failed: (error: unknown) => void;

  /**
   * @param carriage null: objects carry it from the beginning.
   * @param failed told of a step that cannot be done over: it must not leave the caller waiting.
   */
  constructor(carriage: Carriage | null, failed: (error: unknown) => void) {
    this.#carriage = carriage;
    this.#failed = failed;
  }

  get isOver(): boolean {
    return this.#carriage === null;
  }

  /** @returns null when the reply has to be read as objects. */
  read(request: number, reply: ReplyBytes): ReadReply | null {
    return this.#carriage?.read(request, reply) ?? null;
  }

  /**
   * Does something over bytes.
   *
   * @param again does the same with objects.
   * @returns null when objects have to do it, which have done over all before.
   */
  step<Result>(overBytes: (carriage: Carriage) => Result | null, again: () => void): Result | null {
    if (this.#carriage === null) return null;
    const result = overBytes(this.#carriage);
    if (result === null) this.toObjects();
    else this.#again.push(again);
    return result;
  }

  /** Leaves the rest to the objects. */
  toObjects(): void {
    if (this.#carriage === null) return;
    this.#carriage.free();
    this.#carriage = null;
    const steps = this.#again;
    this.#again = [];
    for (const step of steps) {
      try {
        step();
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  /** Writes the answer and gives the memory back. @returns null when the objects have it. */
  end(): WrittenAnswer | null {
    const written = this.#carriage?.write() ?? null;
    if (written === null) this.toObjects();
    this.#carriage?.free();
    this.#carriage = null;
    return written;
  }
}
