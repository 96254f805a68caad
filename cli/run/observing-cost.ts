import { LOOK_EVERY_MS } from '../../county/keep-fresh.js';
import type { InterfaceMapping } from '../../subgraphs/engine/mapping/mapping.js';
import { studyCalls, studySeconds } from '../../subgraphs/engine/observe/study-cost.js';

const HOUR = 3600;

/** How many calls an hour studies of an interface make at its source at most. */
function callsPerHour(mapping: InterfaceMapping): number {
  return Math.ceil((studyCalls(mapping) * HOUR) / studySeconds(mapping));
}

/**
 * How often an hour its source is asked whether it is there, and for its newest row. Readings tell that of what is kept,
 * and files lie here.
 */
function looksPerHour({ source, snapshot, probe, watermark }: InterfaceMapping): number {
  if (snapshot !== undefined || source.object.kind === 'file') return 0;
  const asksNewest =
    watermark !== undefined && (source.object.kind === 'table' || watermark.recent !== undefined);
  return Math.ceil(HOUR / probe.everySeconds) + (asksNewest ? (HOUR * 1000) / LOOK_EVERY_MS : 0);
}

/**
 * What observing costs the sources, in lines for people: of each interface, or of all together.
 *
 * @param isEach whether each is told, as where one department is checked.
 */
export function observingCost(mappings: readonly InterfaceMapping[], isEach: boolean): readonly string[] {
  if (isEach) {
    return mappings.map((mapping) => {
      const [calls, look] = [callsPerHour(mapping), looksPerHour(mapping)];
      return `${mapping.interface}: 观测每小时至多 ${calls} 次调用，另有探活与水位 ${look} 次。Observing makes ${calls} calls an hour at most, beside ${look} looks whether it is there and how new.`;
    });
  }
  const all = mappings.map(callsPerHour);
  const [sum, most] = [all.reduce((total, one) => total + one, 0), Math.max(0, ...all)];
  return [
    `观测每小时至多 ${sum} 次调用，每个接口至多 ${most} 次。Observing makes ${sum} calls an hour at most, and ${most} at one interface.`,
  ];
}
