import type { SmallCells } from '../persons/small-cells.js';
import { roundRows } from '../persons/tell-rounded.js';
import type { Stats } from './read-stats.js';

/**
 * What may be told of counts of persons: rounded ones, no sums, and no group that has fewer than the least, for its key
 * alone says that somebody is in it. Without any dimension there is still exactly one bucket.
 */
export function protectStats({ buckets, coverage }: Stats, cells: SmallCells): Stats {
  const { round } = cells;
  const rounded = buckets.map(({ key, count, subjects, followed }) => ({
    key,
    count: round(count),
    subjects: subjects === null ? null : round(subjects),
    // What few rows add up to is their values, and sums of many differ by single rows.
    measured: new Map(),
    followed: new Map([...followed].map(([name, rows]) => [name, rows === null ? null : round(rows)])),
  }));
  return {
    buckets: rounded.filter(({ key, count }) => key.length === 0 || count > 0),
    coverage: roundRows(coverage, cells),
  };
}
