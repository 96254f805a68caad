import { type Clock, createClockFrom } from '../../runtime/clock.js';

/** A clock that shows noon of a day and ticks on, and that a test sets forward and back. */
export class TurnedClock implements Clock {
  readonly #clock: Clock;
  #turnedMs = 0;

  constructor(day: string) {
    this.#clock = createClockFrom(day);
  }

  now(): Date {
    return new Date(this.#clock.now().getTime() + this.#turnedMs);
  }

  today(): string {
    return this.#clock.today();
  }

  turn(seconds: number): void {
    this.#turnedMs += seconds * 1000;
  }
}
