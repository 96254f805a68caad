import { ToldReadings } from '../follow/told-readings.js';
import { OwnReadings, type Reading, wholeReading } from './own-readings.js';
import { KeptInterface, type Snapshot } from './snapshot.js';
import type { ReadInterface } from './take-reading.js';

/** What is kept of an interface: this process reads its source, or the one that keeps the county. */
export function createSnapshot(one: ReadInterface, reading: Reading = wholeReading(one)): Snapshot {
  const { keeper } = one.compiled.environment;
  const readings = keeper === undefined ? new OwnReadings(one, reading) : new ToldReadings(one, keeper);
  return new KeptInterface(one.compiled, readings);
}
