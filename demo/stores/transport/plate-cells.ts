import type { Random } from '../../random.js';
import type { Vehicle } from '../../world/world.js';
import { dirtyText, fullWidth } from '../dirt/dirt.js';

/** A plate as people type it, always the same number: `浙L·90001`, `浙Ｌ９０００１`, `浙l 90001`, `浙L-90001`. */
export function dirtyPlate(random: Random, plate: string): string {
  const [city, number] = [plate.slice(0, 2), plate.slice(2)];
  return random.pick([
    () => `${city}·${number}`,
    () => `${city}·${number.slice(0, -1)} ${number.slice(-1)}`,
    () => fullWidth(plate),
    () => `${city.slice(0, 1)}${fullWidth(city.slice(1))}${number}`,
    () => `${city.toLowerCase()} ${number.toLowerCase()}`,
    () => `${city}-${number}`,
    () => dirtyText(random, plate),
  ])();
}

/** What `cphm varchar(7)` holds of it: of eight characters the last is lost. No blank or dot fits in. */
export function shortPlate(random: Random, { plate }: Vehicle, turn: number): string {
  const typed = turn % 6 === 1 ? random.pick([fullWidth(plate), plate.toLowerCase()]) : plate;
  return typed.slice(0, 7);
}
