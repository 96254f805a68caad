import mysql from 'mysql2/promise';
import pg from 'pg';
import type { ConnectionConfig } from '../../adapters/kinds.js';
import { openForDraft } from '../../county/open-connection.js';
import { Secret } from '../../runtime/config/secret.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { draftMapping } from '../../subgraphs/engine/check/draft/draft-mapping.js';
import { parseMapping } from '../../subgraphs/engine/mapping/parse-mapping.js';
import { startMariadb } from '../databases/start-mariadb.js';
import { startPostgres } from '../databases/start-postgres.js';
import type { TestDatabase } from '../databases/test-database.js';

const ROWS = Array.from(
  { length: 24 },
  (_, row) => `(${row + 1}, '91330922MA28K00156', ${1_750_000_000 + row * 86_400}, ${1 + (row % 2)}, 1.5)`,
).join(', ');

let postgres: TestDatabase;
let mariadb: TestDatabase;

beforeAll(async () => {
  [postgres, mariadb] = await Promise.all([startPostgres(), startMariadb()]);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`
    create table jc_jl (id bigint primary key, tyshxydm varchar(18), jcsj bigint, jcjg int, fkje numeric(10, 2));
    comment on table jc_jl is '安全生产检查记录';
    comment on column jc_jl.jcsj is '检查时间';
    comment on column jc_jl.jcjg is '检查结果：1合格 2不合格';
    comment on column jc_jl.fkje is '罚款（万元）';
    insert into jc_jl values ${ROWS}`);
  await client.end();
  const connection = await mysql.createConnection(mariadb.url);
  await connection.query(`create table jc_jl (id bigint primary key, tyshxydm varchar(18), jcsj bigint comment '检查时间',
    jcjg int comment '检查结果：1合格 2不合格', fkje decimal(10, 2) comment '罚款（万元）') comment '安全生产检查记录'
    character set utf8mb4`);
  await connection.query(`insert into jc_jl values ${ROWS}`);
  await connection.end();
}, 120_000);

afterAll(() => Promise.all([postgres?.stop(), mariadb?.stop()]));

test.each([
  ['PostgreSQL', (): ConnectionConfig => ({ dialect: 'postgres', url: new Secret(postgres.url) })],
  ['MariaDB', (): ConnectionConfig => ({ dialect: 'mysql', url: new Secret(mariadb.url) })],
])('a draft takes its words from the comments of a table in %s', async (_, connection) => {
  const adapter = openForDraft(connection(), '');
  try {
    const text = await draftMapping(
      adapter,
      { source: { connection: 'safety', table: 'jc_jl' }, department: 'safety', personKey: 'draft-key' },
      { signal: new AbortController().signal, timeoutMs: 20_000, maxBytes: 1 << 24 },
    );
    const parsed = parseMapping(text, 'draft.yaml');
    if (parsed.kind === 'problems') throw new Error(parsed.problems.map(formatProblem).join('\n'));
    expect(parsed.mapping.title).toBe('安全生产检查记录');
    expect(Object.fromEntries(parsed.mapping.fields)).toMatchObject({
      jcsj: { type: 'DateTime', format: 'epochSeconds', sorts: 'asNumber', description: '检查时间' },
      jcjg: { type: 'Code', codes: 'safety/jcjg', description: '检查结果：1合格 2不合格' },
      fkje: { type: 'Decimal', unit: '万元', description: '罚款（万元）' },
    });
    expect(text).toContain(
      [
        '#   list: safety/jcjg',
        '#   title: 检查结果',
        '#   enum: TODO',
        '#   codes:',
        '#     - code: "1"',
        '#       label: 合格',
        '#       value: TODO',
        '#     - code: "2"',
        '#       label: 不合格',
        '#       value: TODO',
      ].join('\n'),
    );
  } finally {
    await adapter.close();
  }
});
