import { median } from '../load/statistics.mjs';
import { formatNumber, ROUND_HEAD, roundCells } from './round-columns.mjs';
import { formatTable } from './table.mjs';

/** @param {readonly import('../county/run-county.mjs').Measured[]} measured @returns {number} wrong answers */
export function reportCounty(measured) {
  for (const arrangement of new Set(measured.map((one) => one.arrangement))) {
    const rows = measured
      .filter((one) => one.arrangement === arrangement)
      .map(({ query, rounds, checker }) => [
        query,
        ...roundCells(rounds),
        formatNumber(median(rounds.map(({ behindCpuMs }) => behindCpuMs))),
        String(checker.partial()),
      ]);
    console.log(`\n## county, ${arrangement}\n`);
    console.log(formatTable(['query', ...ROUND_HEAD, 'CPU ms behind', 'partial'], rows));
  }
  for (const { query, arrangement, checker } of measured) {
    if (checker.wrong() > 0) {
      console.error(`\n${query} ${arrangement}: ${checker.wrong()} WRONG, the first: ${checker.sample()}`);
    }
  }
  return measured.reduce((sum, { checker }) => sum + checker.wrong(), 0);
}
