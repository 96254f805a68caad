import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { openSqlAdapter } from '../../../adapters/sql/open-sql.js';
import {
  openSmallDepartment,
  type SmallDepartment,
  testContext,
} from '../../../subgraphs/engine/testing/small-department.js';
import type { FeedPageRequest, FeedRow } from '../../../subgraphs/feed/feed.js';
import { generateWorld } from '../../world/generate-world.js';
import type { LegacyStore } from '../legacy-table.js';
import { supervisionStore } from '../supervision/supervision.js';
import { readMapping } from '../testing/read-mapping.js';
import { casesStore } from './cases.js';

const world = generateWorld({ seed: 21, size: 'small' });
const folder = mkdtempSync(path.join(tmpdir(), 'eg-platforms-'));
const adapters = new Map<string, SourceAdapter>();
let department: SmallDepartment;

const quoted = (name: string): string => `"${name}"`;

function openStore(store: LegacyStore): SourceAdapter {
  const file = path.join(folder, `${store.connection}.sqlite`);
  const database = new Database(file);
  for (const table of store.tables) {
    const name = quoted(table.name);
    const columns = table.columns.map(
      (column) => `${quoted(column.name)} ${column.type === 'integer' ? 'INTEGER' : 'TEXT'}`,
    );
    database.exec(
      `CREATE TABLE ${name} (${columns.join(', ')}, PRIMARY KEY (${(table.primaryKey ?? []).map(quoted).join(', ')}))`,
    );
    for (const index of table.indexes)
      database.exec(
        `CREATE INDEX ${quoted(`${table.name}_${index.join('_')}`)} ON ${name} (${index.map(quoted).join(', ')})`,
      );
    const insert = database.prepare(
      `INSERT INTO ${name} VALUES (${table.columns.map(() => '?').join(', ')})`,
    );
    database.transaction(() => {
      for (const row of table.rows) insert.run(...row);
    })();
  }
  database.close();
  return openSqlAdapter({ dialect: 'sqlite', file });
}

beforeAll(() => {
  for (const store of [supervisionStore(world), casesStore(world)])
    adapters.set(store.connection, openStore(store));
  const files = ['supervision/inspection.yaml', 'cases/case.yaml', 'cases/publication.yaml'];
  department = openSmallDepartment(files.map(readMapping), adapters);
});

afterAll(async () => {
  for (const adapter of adapters.values()) await adapter.close();
  rmSync(folder, { recursive: true, force: true });
});

async function walk(
  request: Omit<FeedPageRequest, 'reversed' | 'limit'>,
  limit: number,
): Promise<readonly FeedRow[]> {
  const rows: FeedRow[] = [];
  for (;;) {
    const last = rows.at(-1);
    const after = last && {
      keys: last.sort,
      interface: last.id.slice(0, last.id.indexOf(':')),
      key: last.key,
    };
    const [part] = await department.feed.page(
      { ...request, reversed: false, limit, ...(after && { after }) },
      testContext(),
    );
    if (part?.data === undefined) throw new Error(`${part?.state}: ${part?.reason}`);
    rows.push(...part.data.rows);
    if (part.data.complete) return rows;
  }
}

describe('the platforms, served from their legacy tables', () => {
  it('give every check once, newest first, page by page', async () => {
    const rows = await walk(
      {
        kind: 'Inspection',
        where: { all: [] },
        orderBy: [{ field: 'date', direction: 'desc' }],
        fields: ['number', 'date'],
      },
      97,
    );
    const held = [...world.inspections].filter((inspection) => inspection.heldBy === 'supervision');
    expect(rows.map((row) => row.values[0]).sort()).toEqual(
      held.map((inspection) => inspection.number).sort(),
    );
    const dates = rows.map((row) => String(row.values[1]));
    expect(dates).toEqual([...dates].sort().reverse());
  });

  it('give every case once, undecided ones last, page by page', async () => {
    const rows = await walk(
      {
        kind: 'Case',
        where: { all: [] },
        orderBy: [{ field: 'decidedAt', direction: 'asc' }],
        fields: ['caseCode', 'decidedAt'],
      },
      31,
    );
    const held = [...world.cases].filter((penaltyCase) => penaltyCase.heldBy === 'cases');
    expect(rows.map((row) => row.values[0]).sort()).toEqual(
      held.map((penaltyCase) => penaltyCase.caseCode).sort(),
    );
    const dates = rows.map((row) => row.values[1] ?? '9999');
    expect(dates).toEqual([...dates].sort());
    expect(dates).toContain('9999');
  });

  it('find a case by its number in another spelling', async () => {
    const rows = await walk(
      {
        kind: 'Case',
        where: { field: 'decisionNo', sameNumber: '嵊综执罚决字(2026)1号' },
        orderBy: [],
        fields: ['caseCode'],
      },
      10,
    );
    const wanted = [...world.cases].find(
      (penaltyCase) => penaltyCase.decisionNo === '嵊综执罚决字〔2026〕第001号',
    );
    expect(rows.map((row) => row.values[0])).toEqual([wanted?.caseCode]);
  });

  it('find the cases of one department, however its body is typed', async () => {
    const rows = await walk(
      {
        kind: 'Case',
        where: { field: 'department', in: ['COMPREHENSIVE'] },
        orderBy: [],
        fields: ['caseCode'],
      },
      50,
    );
    const held = [...world.cases].filter(
      ({ heldBy, department: by }) => heldBy === 'cases' && by === 'COMPREHENSIVE',
    );
    expect(rows.map((row) => row.values[0]).sort()).toEqual(
      held.map((penaltyCase) => penaltyCase.caseCode).sort(),
    );
  });

  it('are as old as their last delivery', async () => {
    const outcomes = await department.feed.freshness(testContext());
    expect(outcomes.map((outcome) => [outcome.interface, outcome.asOf])).toEqual([
      ['supervision.inspection', `${world.today}T06:30:00+08:00`],
      ['cases.case', `${world.today}T06:30:00+08:00`],
      ['cases.publication', `${world.today}T06:30:00+08:00`],
    ]);
  });
});
