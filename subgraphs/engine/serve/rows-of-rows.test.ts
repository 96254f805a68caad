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

const EVENT = `interface: grid.event
title: 事件
owner: { department: grid }
feeds: Event
source: { connection: grid, table: events }
key: [code, year]
fields:
  department: { value: COMPREHENSIVE }
  source: { value: GRID }
  date: { column: day, type: Date, format: yyyy-MM-dd, sorts: asText }
  # A field of the row may be called like the rows below it.
  steps: { column: day }
limits: { keysPerCall: 2 }
`;
const STEP = `interface: grid.event-step
title: 事件步骤
owner: { department: grid }
facet: Event.grid.steps
of: grid.event
by: [event_code, event_year]
source: { connection: grid, table: steps }
key: [id]
order: { at: asc }
fields:
  at: { column: at, type: DateTime, format: "yyyy-MM-dd HH:mm:ss", sorts: asText }
  what: { column: what }
limits: { keysPerCall: 2, maxRowsScanned: 4 }
`;
const SDL = `
scalar Date scalar DateTime
type Event @key(fields: "id") { id: ID! grid: GridEvent }
type GridEvent { date: Date steps(first: Int = 100): [GridStep!] }
type GridStep { at: DateTime what: String }
`;

const TABLES = `
CREATE TABLE events (code TEXT, year INTEGER, day TEXT, PRIMARY KEY (code, year));
INSERT INTO events VALUES ('A:1', 2025, '2025-01-02'), ('A:1', 2026, '2026-01-02'), ('B', 2026, '2026-02-02'), ('C', 2026, '2026-03-03');
CREATE TABLE steps (id INTEGER PRIMARY KEY, event_code TEXT, event_year INTEGER, at TEXT, what TEXT);
INSERT INTO steps VALUES
  (1, 'A:1', 2026, '2026-01-04 08:00:00', '办结'), (2, 'A:1', 2026, '2026-01-03 08:00:00', '受理'),
  (3, 'A:1', 2025, '2025-01-03 08:00:00', '受理'), (4, 'B', 2026, '2026-02-03 08:00:00', '受理');
`;

async function askSteps({ served, feed }: SmallDepartment, ids: readonly string[]): Promise<unknown> {
  const schema = buildSubgraph(SDL, createDepartmentResolvers(parse(SDL), served, feed, []));
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Event { grid { date steps { what } } } }
  }`;
  const representations = ids.map((id) => ({ __typename: 'Event', id: `grid.event:${id}` }));
  const { data, errors } = await createLocalSubgraph('grid', schema).execute(
    { query, variables: { representations } },
    testContext(),
  );
  return errors === undefined ? data?._entities : errors.map(({ message }) => message);
}

const withSteps = <T>(more: string, work: (department: SmallDepartment) => Promise<T>): Promise<T> =>
  withSqlite(TABLES + more, (adapter) =>
    work(openSmallDepartment([STEP, EVENT], new Map([['grid', adapter]]))),
  );

it('hangs rows at the row whose key they hold, in the order of the mapping', () =>
  withSteps('', async (department) => {
    expect(await askSteps(department, ['A%3A1:2026', 'C:2026', 'A%3A1:2025', 'B:2026'])).toEqual([
      { grid: { date: '2026-01-02', steps: [{ what: '受理' }, { what: '办结' }] } },
      { grid: { date: '2026-03-03', steps: [] } },
      { grid: { date: '2025-01-02', steps: [{ what: '受理' }] } },
      { grid: { date: '2026-02-02', steps: [{ what: '受理' }] } },
    ]);
    // Four events, two keys a call.
    expect(department.calls.filter((call) => call.interface === 'grid.event-step')).toHaveLength(2);
  }));

it('refuses a list that would be cut off', () =>
  withSteps(
    "INSERT INTO steps SELECT 10 + value, 'C', 2026, '2026-03-04 00:00:00', '催办' FROM json_each('[1,2,3,4,5]');",
    async (department) => {
      expect(await askSteps(department, ['C:2026'])).toEqual([
        expect.stringMatching(/数据量超过上限|Too much data/),
      ]);
    },
  ));
