import { randomFor } from '../../random.js';
import { isoDay } from '../days.js';
import { TOWNSHIPS } from '../townships.js';
import type { PortCall, Vessel } from '../world.js';
import type { WorldBase } from '../world-base.js';

const PORTS = TOWNSHIPS.map(({ port }) => port);

/** What vessels of one 作业类型 of the register report; each vessel the same, but for what is left out or untrue. */
const FINER: ReadonlyMap<string, readonly string[]> = new Map([
  ['拖网', ['拖网', '拖网', '桁杆拖虾']],
  ['围网', ['围网', '灯光围网']],
]);
/** Hooks and lines have no closed season. */
const HOOKS = '钓业';

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
    gear: reportedGear(base, index, base.vessels[vessel]),
  };
}

function reportedGear({ seed }: WorldBase, index: number, vessel: Vessel | undefined): string | null {
  const form = randomFor(seed, 'port-call-gear', index);
  if (vessel === undefined || form.chance(0.07)) return null;
  if (vessel.typeWord === '渔' && form.chance(0.05)) return HOOKS;
  const { operatingMode } = vessel;
  return randomFor(seed, 'vessel-gear', vessel.index).pick(FINER.get(operatingMode) ?? [operatingMode]);
}
