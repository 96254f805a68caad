import { createHmac } from 'node:crypto';
import type { SubjectPointer, Vehicle, World } from '../world/world.js';

/** The thing that a pointer names. @throws {RangeError} when the world has none. */
export function itemOf<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) {
    throw new RangeError(`Cannot follow a pointer: index must be below ${items.length}, but is ${index}`);
  }
  return item;
}

/**
 * The id under which the graph knows a subject: `uscc:…`, else `regno:…`; `vessel:…`; `person:…` with the keyed hash
 * (HMAC-SM3, lower hex) of the citizen's number.
 */
export function canonicalId(world: World, pointer: SubjectPointer, personKey: string): string {
  switch (pointer.kind) {
    case 'organisation': {
      const { uscc, regNo } = itemOf(world.organisations, pointer.index);
      return uscc === null ? `regno:${regNo}` : `uscc:${uscc}`;
    }
    case 'vessel':
      return `vessel:${itemOf(world.vessels, pointer.index).vesselCode}`;
    case 'person': {
      const { idNo } = itemOf(world.persons, pointer.index);
      return `person:${createHmac('sm3', personKey).update(idNo).digest('hex')}`;
    }
  }
}

/** The id of a vehicle: a number that is issued in one colour alone says it itself. */
export function plateId({ plate, colour }: Pick<Vehicle, 'plate' | 'colour'>): string {
  return `plate:${plate}${colour === '绿' || plate.endsWith('挂') ? '' : colour}`;
}

/** `SubjectKind` of the graph. */
export function kindOf(world: World, pointer: SubjectPointer): string {
  if (pointer.kind === 'organisation') return itemOf(world.organisations, pointer.index).kind;
  return pointer.kind === 'vessel' ? 'VESSEL' : 'PERSON';
}

/** Names are shown of whom a register names; persons are in none. */
export function nameOf(world: World, pointer: SubjectPointer): string | null {
  if (pointer.kind === 'organisation') return itemOf(world.organisations, pointer.index).name;
  return pointer.kind === 'vessel' ? itemOf(world.vessels, pointer.index).name : null;
}

/** Of organisations alone. */
export function industryOf(world: World, pointer: SubjectPointer): string | null {
  return pointer.kind === 'organisation' ? itemOf(world.organisations, pointer.index).industry : null;
}

/** Of whom a register holds. */
export function townshipOf(world: World, pointer: SubjectPointer): string | null {
  if (pointer.kind === 'organisation') return itemOf(world.organisations, pointer.index).township;
  return pointer.kind === 'vessel' ? itemOf(world.vessels, pointer.index).township : null;
}
