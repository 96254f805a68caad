import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { ALWAYS, all, type Condition, not } from '../../condition.js';
import type { CallBounds, ReadRequest, SourceAdapter } from '../../source-adapter.js';
import { openSqlAdapter } from '../open-sql.js';

interface Version {
  readonly id: number;
  readonly name: string | null;
  readonly at: string | null;
  readonly kind: string;
}

const NAMED: Condition = not({ kind: 'isNull', column: 'name' });
const NO_TESTS: Condition = not({ kind: 'compare', column: 'kind', op: 'eq', value: 'test' });
const KEPT: Condition = not({ kind: 'compare', column: 'kind', op: 'eq', value: 'deleted' });

const bounds = (): CallBounds => ({
  signal: new AbortController().signal,
  timeoutMs: 10_000,
  maxBytes: 1 << 24,
});

const request = (where: Condition): ReadRequest => ({
  from: { name: 'versions', latest: { by: ['name'], newest: ['at', 'id'], among: NO_TESTS } },
  columns: ['id'],
  where,
  orderBy: [{ column: 'id', direction: 'asc', nulls: 'excluded' }],
  limit: 1000,
});

let folder: string;
let database: Database.Database;
let adapter: SourceAdapter;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eg-newer-'));
  const file = join(folder, 'versions.sqlite');
  database = new Database(file);
  database.exec('create table versions (id integer primary key, name text, at text, kind text not null)');
  database.exec('create index versions_newest on versions (name, at, id)');
  adapter = openSqlAdapter({ dialect: 'sqlite', file });
  await adapter.describe('versions', bounds());
});

afterAll(async () => {
  await adapter.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const versionArb = fc.record({
  name: fc.constantFrom('a', 'A', 'b ', 'b', null),
  at: fc.constantFrom('2026-01-01', '2026-01-02', '2025-12-31', null),
  kind: fc.constantFrom('kept', 'test', 'deleted'),
});

function newestOf(versions: readonly Version[]): readonly number[] {
  const competing = versions.filter(({ kind }) => kind !== 'test');
  const isNewer = (one: Version, other: Version): boolean =>
    (one.at ?? '') === (other.at ?? '') ? one.id > other.id : (one.at ?? '') > (other.at ?? '');
  return competing
    .filter((one) => one.name !== null && one.kind !== 'deleted')
    .filter((one) => !competing.some((other) => other.name === one.name && isNewer(other, one)))
    .map(({ id }) => id);
}

describe('the newest row of each group, where an index finds the group', () => {
  it('is probed for instead of ranking the table', () => {
    expect(adapter.explain(request(all([NAMED, KEPT])))).toContain('NOT EXISTS');
    expect(adapter.explain(request(all([NAMED, KEPT])))).not.toContain('ROW_NUMBER');
  });

  it('is ranked when rows without a group are asked for as well', () => {
    expect(adapter.explain(request(ALWAYS))).toContain('ROW_NUMBER');
  });

  it('is the same rows as by definition', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(versionArb, { maxLength: 12 }), async (rows) => {
        const versions = rows.map((row, index): Version => ({ ...row, id: index + 1 }));
        const insert = database.prepare('insert into versions values (@id, @name, @at, @kind)');
        database.transaction(() => {
          database.exec('delete from versions');
          for (const version of versions) insert.run(version);
        })();
        const found = await adapter.read(request(all([NAMED, KEPT])), bounds());
        expect(found.map(([id]) => id)).toEqual(newestOf(versions));
      }),
      { numRuns: 150 },
    );
  });
});
