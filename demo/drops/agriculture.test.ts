import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileConnection } from '../../adapters/file/open-file.js';
import { openSmallDepartment, testContext } from '../../subgraphs/engine/testing/small-department.js';
import type { LegacyTable } from '../stores/legacy-table.js';
import { readMapping } from '../stores/testing/read-mapping.js';
import { generateWorld } from '../world/generate-world.js';
import { pesticidePermitTable } from './pesticide-permits.js';
import { writeSheet } from './write-sheet.js';

const world = generateWorld({ seed: 1, size: 'tiny' });
const root = mkdtempSync(join(tmpdir(), 'eg-forms-'));
const [folder, store] = [root, join(root, 'versions')];
const connection = openFileConnection(
  { dialect: 'files', folder, store },
  { stableMs: 0, everyMs: 3_600_000 },
);
const { feed } = openSmallDepartment(
  [readMapping('agriculture/pesticide-permit.yaml')],
  new Map([['agriculture-forms', connection]]),
);
afterAll(async () => {
  await connection.close();
  rmSync(root, { recursive: true, force: true });
});

async function drop(table: LegacyTable, day: string): Promise<void> {
  const file = join(folder, `农药经营许可${day.replaceAll('-', '')}.xlsx`);
  writeFileSync(file, await writeSheet(table));
  utimesSync(file, new Date(day), new Date(day));
  await connection.settle();
}

async function countRows(): Promise<number | string> {
  const [part] = await feed.page(
    { kind: 'Licence', where: { all: [] }, orderBy: [], fields: ['number'], reversed: false, limit: 1000 },
    testContext(),
  );
  return part?.data?.rows.length ?? String(part?.reason);
}

it('a form whose columns got other suffixes is rejected by name, and the last export goes on serving', async () => {
  const table = pesticidePermitTable(world);
  const held = [...table.rows].length;
  await drop(table, '2026-05-29');
  expect(await countRows()).toBe(held);
  const columns = table.columns.map((column) =>
    column.name === 'yxjz_datetime2' ? { ...column, name: 'yxjz_datetime4' } : column,
  );
  await drop({ ...table, columns, rows: [...table.rows].slice(1) }, '2026-06-29');
  expect(await countRows()).toBe(held);
  const [state] = await connection.states();
  expect(state?.rejection).toMatchObject({ isSettled: false, drop: { name: '农药经营许可20260629.xlsx' } });
  expect(state?.rejection?.examples.join('\n')).toContain('yxjz_datetime2');
});
