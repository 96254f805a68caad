import { signOf } from '../../world/people/names.js';

/** A firm's name as clerks write it: now and then no more than its own part (`海晏渔业`). */
export function typedFirmName(name: string, turn: number): string {
  return turn % 3 === 1 ? signOf(name) : name;
}
