import { parse } from 'graphql';
import { createLocalSubgraph } from '../../port/local-subgraph.js';
import { buildSubgraph } from '../../port/subgraph-schema.js';
import {
  openSmallDepartment,
  type SmallDepartment,
  testContext,
  withSqlite,
} from '../testing/small-department.js';
import { createDepartmentResolvers } from './department-resolvers.js';

const SESSION = `interface: app.session
title: 掌上检查
owner: { department: app }
facet: Inspection.app
match: { number: checkNo }
source: { connection: app, table: sessions }
key: [id]
order: { at: desc }
fields:
  checkNo: { column: check_no, type: DocumentNumber }
  at: { column: at, type: DateTime, format: "yyyy-MM-dd HH:mm:ss", sorts: asText }
  device: { column: device }
limits: { keysPerCall: 2, maxRowsScanned: 3 }
`;
const SDL = `
scalar DateTime
type Inspection @key(fields: "id") { id: ID! @external number: String @external app: Session @requires(fields: "number") }
type Session { checkNo: String at: DateTime device: String }
`;
const TABLE = `
CREATE TABLE sessions (id INTEGER PRIMARY KEY, check_no TEXT, at TEXT, device TEXT);
INSERT INTO sessions VALUES
  (1, 'JC〔2026〕1号', '2026-01-02 08:00:00', 'first'), (2, 'JC[2026] 1号', '2026-01-02 09:00:00', 'saved again'),
  (3, 'JC（2026）第００2号', '2026-01-03 08:00:00', 'wide'), (4, '', '2026-01-03 08:00:00', 'no number');
`;

async function askDevices(
  { served, feed }: SmallDepartment,
  numbers: readonly (string | null)[],
): Promise<unknown> {
  const schema = buildSubgraph(SDL, createDepartmentResolvers(parse(SDL), served, feed, []));
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Inspection { app { device } } }
  }`;
  const representations = numbers.map((number, index) => ({
    __typename: 'Inspection',
    id: `other.check:${index}`,
    number,
  }));
  const { data, errors } = await createLocalSubgraph('app', schema).execute(
    { query, variables: { representations } },
    testContext(),
  );
  if (errors !== undefined) return errors.map(({ message }) => message);
  return ((data?._entities ?? []) as { app: { device: string } | null }[]).map(
    ({ app }) => app?.device ?? null,
  );
}

it('finds the row of any department’s entity by its number, in any spelling, the first by the order of the mapping', () =>
  withSqlite(TABLE, async (adapter) => {
    const department = openSmallDepartment([SESSION], new Map([['app', adapter]]));
    const asked = ['JC〔2026〕1号', 'JC〔2026〕2号', 'JC〔2026〕3号', null, '', 'jc(2026)001号'];
    expect(await askDevices(department, asked)).toEqual([
      'saved again',
      'wide',
      null,
      null,
      null,
      'saved again',
    ]);
  }));

it('refuses numbers with more rows than may be read', () =>
  withSqlite(
    `${TABLE} INSERT INTO sessions SELECT 10 + value, 'JC〔2026〕9号', '2026-02-01 00:00:00', 'x' FROM json_each('[1,2,3,4]');`,
    async (adapter) => {
      const department = openSmallDepartment([SESSION], new Map([['app', adapter]]));
      expect(await askDevices(department, ['JC〔2026〕9号'])).toEqual([
        expect.stringMatching(/数据量超过上限/),
      ]);
    },
  ));
