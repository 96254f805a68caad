import type { FeedStanding, InterfaceInfo } from '../../feed/feed.js';
import { isAbsent } from '../../port/interface-outcome.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';

/** `DataHealth` of the schema. */
interface DataHealth {
  readonly interfaces: number;
  readonly live: number;
  readonly stale: number;
  readonly missing: number;
  readonly denied: number;
  readonly unknown: number;
  readonly undated: number;
  readonly lookedAt: string | null;
  readonly oldest: InterfaceInfo | null;
  readonly freshest: InterfaceInfo | null;
}

/**
 * Counts interfaces by what the last look at each found.
 *
 * @param infos in the order of names: of interfaces with data of one moment the first is named.
 */
export function dataHealth(
  infos: readonly InterfaceInfo[],
  standings: ReadonlyMap<string, FeedStanding>,
): DataHealth {
  const known = infos.flatMap((info) => {
    const standing = standings.get(info.name);
    return standing === undefined ? [] : [{ info, standing }];
  });
  const count = (state: FeedStanding['state']): number =>
    known.filter(({ standing }) => standing.state === state).length;
  const serving = known.filter(({ standing }) => !isAbsent(standing));
  const dated = serving.flatMap(({ info, standing: { asOf } }) => (asOf === null ? [] : [{ info, asOf }]));
  // Moments at one offset compare as texts, and sorting keeps the order of names.
  const byAge = [...dated].sort((left, right) => compareCodePoints(left.asOf, right.asOf));
  const newest = byAge.at(-1)?.asOf;
  const looks = known.flatMap(({ standing: { lookedAt } }) => lookedAt ?? []);
  return {
    interfaces: infos.length,
    live: count('LIVE'),
    stale: count('STALE'),
    missing: count('MISSING'),
    denied: count('DENIED'),
    unknown: infos.length - known.length,
    undated: serving.length - dated.length,
    lookedAt: looks.sort(compareCodePoints)[0] ?? null,
    oldest: byAge[0]?.info ?? null,
    freshest: byAge.find(({ asOf }) => asOf === newest)?.info ?? null,
  };
}
