import { HistoryFile } from '../history-file.mjs';

/** Writes a measurement a second of the clock and tells how many, until it is killed. */
const [path = '', start = '0'] = process.argv.slice(2);
const file = new HistoryFile(path);
for (let count = 0; ; count++) {
  const at = Number(start) + count * 1000;
  const measured = { interface: 'market.inspection', measure: 'REACHABLE', about: null, value: 1, at };
  file.write({
    measurements: [/** @type {import('../history-store.js').KeptMeasurement} */ (measured)],
    incidents: [],
    remembered: new Map(),
  });
  process.send?.(count + 1);
  await new Promise((resolve) => setImmediate(resolve));
}
