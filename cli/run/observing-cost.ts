import type { InterfaceMapping } from '../../subgraphs/engine/mapping/mapping.js';
import { studyCalls, studySeconds } from '../../subgraphs/engine/observe/study-cost.js';

const HOUR = 3600;

/** How many calls an hour studies of an interface make at its source at most. */
function callsPerHour(mapping: InterfaceMapping): number {
  return Math.ceil((studyCalls(mapping) * HOUR) / studySeconds(mapping));
}

/**
 * What observing costs the sources, in lines for people: of each interface, or of all together.
 *
 * @param isEach whether each is told, as where one department is checked.
 */
export function observingCost(mappings: readonly InterfaceMapping[], isEach: boolean): readonly string[] {
  if (isEach) {
    return mappings.map((mapping) => {
      const [calls, look] = [callsPerHour(mapping), Math.ceil(HOUR / mapping.probe.everySeconds)];
      return `${mapping.interface}: 观测每小时至多 ${calls} 次调用，另有探活 ${look} 次。Observing makes ${calls} calls an hour at most, beside ${look} looks whether it is there.`;
    });
  }
  const all = mappings.map(callsPerHour);
  const [sum, most] = [all.reduce((total, one) => total + one, 0), Math.max(0, ...all)];
  return [
    `观测每小时至多 ${sum} 次调用，每个接口至多 ${most} 次。Observing makes ${sum} calls an hour at most, and ${most} at one interface.`,
  ];
}
