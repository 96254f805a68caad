// A process that writes one snapshot after another until it is killed: node write-snapshots.mjs MODULE FUNCTION PLACE ROWS,
// FUNCTION of MODULE being what opens a store, and PLACE its argument as JSON.
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const [, , module = '', name = '', place = '', count = ''] = process.argv;
const { [name]: openStore } = await import(pathToFileURL(module).href);
const table = openStore(JSON.parse(place)).table({
  name: 'test.killed',
  columns: ['id', 'round'],
  key: ['id'],
  indexes: [['id']],
  fingerprint: 'killed',
});
const columns = [
  { name: 'id', type: 'text' },
  { name: 'round', type: 'text' },
];
const ids = Array.from({ length: Number(count) }, (_, index) => String(index));
process.stdout.write('begun\n');
for (let round = 0; ; round += 1) {
  // Whole readings and amended ones in turn: every row of a version says the same round.
  const isWhole = round % 2 === 0 || (await table.serving()) === null;
  const writer = isWhole ? await table.begin(columns) : await table.amend();
  for (let start = 0; start < ids.length; start += 100) {
    await writer.write(ids.slice(start, start + 100).map((id) => [id, `${process.pid}-${round}`]));
  }
  const readAt = new Date().toISOString();
  await writer.publish({ readAt, wholeAt: readAt, since: null });
  process.stdout.write('published\n');
}
