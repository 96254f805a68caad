import { randomFor } from '../../random.js';
import { isoDay } from '../days.js';
import { TOWNSHIPS } from '../townships.js';
import type { PortCall } from '../world.js';
import type { WorldBase } from '../world-base.js';

const PORTS = TOWNSHIPS.map(({ port }) => port);

/** The n-th report: every vessel in turn, out and in; mostly from and to its home port. */
export function makePortCall(base: WorldBase, index: number): PortCall {
  const random = randomFor(base.seed, 'port-call', index);
  const vessel = index % base.vessels.length;
  const round = Math.floor(index / base.vessels.length);
  const rounds = Math.ceil(base.counts.portCalls / base.vessels.length);
  // One report per vessel and stretch of days, so that departures and arrivals alternate in time.
  const stretch = (base.today - base.firstDay) / rounds;
  const day = Math.floor(base.firstDay + round * stretch + random.int(0, 99) * 0.0099 * stretch);
  const clock = [random.int(0, 23), random.int(0, 59), random.int(0, 59)];
  return {
    index,
    vessel,
    port: random.chance(0.8) ? (base.vessels[vessel]?.homePort ?? random.pick(PORTS)) : random.pick(PORTS),
    direction: round % 2 === 0 ? 'DEPARTURE' : 'ARRIVAL',
    reportedAt: `${isoDay(day)} ${clock.map((part) => String(part).padStart(2, '0')).join(':')}`,
    onBoard: random.int(2, 14),
  };
}
