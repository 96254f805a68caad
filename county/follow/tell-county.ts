import type { ToldInterface } from '../../subgraphs/engine/follow/county-keeper.js';
import { writeFailure } from '../../subgraphs/engine/follow/written-failure.js';
import type { Department } from '../../subgraphs/engine/open-department.js';
import type { ServedInterface } from '../../subgraphs/engine/read/served-interface.js';
import type { County } from '../open-county.js';

/** What those who follow a county are told of its interfaces, and what of it is new. */
export interface ToldCounty {
  all(): readonly ToldInterface[];
  one(interfaceName: string): ToldInterface | null;
  /** What changed since this was asked last. */
  changes(): readonly ToldInterface[];
}

export function tellCounty({ departments }: Pick<County, 'departments'>): ToldCounty {
  const told = new Map<string, string>();
  const all = (): readonly ToldInterface[] =>
    departments.flatMap((department) => department.served.map((one) => describe(department, one)));
  return {
    all,
    one: (name) => {
      for (const department of departments) {
        const found = department.served.find(({ compiled }) => compiled.mapping.interface === name);
        if (found !== undefined) return describe(department, found);
      }
      return null;
    },
    changes: () =>
      all().filter((one) => {
        const text = JSON.stringify(one);
        if (told.get(one.interface) === text) return false;
        told.set(one.interface, text);
        return true;
      }),
  };
}

function describe(
  { freshness, keys }: Department,
  { compiled, calls, kept }: ServedInterface,
): ToldInterface {
  const name = compiled.mapping.interface;
  const { pauses } = compiled.environment;
  const { readings, failures, lastFailure } = kept?.snapshot.status() ?? {};
  return {
    interface: name,
    ...freshness.known(compiled),
    keysNotice: keys.noticeOf(compiled),
    trouble: calls.trouble(),
    pause: pauses?.of(name, 'interface') ?? null,
    cutOff: pauses?.of(name, 'source') ?? null,
    breakerClosedAt: pauses?.breakerClosedAt(name) ?? null,
    readings:
      readings === undefined || failures === undefined
        ? null
        : {
            readings,
            failures,
            lastFailure: lastFailure === null ? null : writeFailure(lastFailure),
          },
  };
}
