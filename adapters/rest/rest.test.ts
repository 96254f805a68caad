import { ALWAYS, type Condition } from '../condition.js';
import type { SourceAdapter } from '../source-adapter.js';
import { describeAdapterContract } from '../testing/adapter-contract.js';
import { wideBounds } from '../testing/contract-bounds.js';
import { CONTRACT_ROWS } from '../testing/contract-rows.js';
import type { ContractSource } from '../testing/contract-source.js';
import { expectedIds, holdTable } from '../testing/held-table.js';
import type { Paging } from '../web/asked-object.js';
import { findDeadUrl } from '../web/testing/test-server.js';
import type { HttpDefinition } from './http-definition.js';
import { openRestConnection } from './open-rest.js';
import { type ContractService, startContractService } from './testing/contract-service.js';

const BY_PAGE: Paging = {
  style: 'page',
  param: 'page',
  first: 1,
  sizeParam: 'size',
  size: 120,
  total: 'total',
};
const BY_OFFSET: Paging = { style: 'offset', param: 'offset', sizeParam: 'size', size: 50 };
const BY_CURSOR: Paging = { style: 'cursor', param: 'cursor', next: 'next', sizeParam: 'size', size: 64 };

function endpoint(paging: Paging, path: string): HttpDefinition {
  return {
    kind: 'http',
    method: 'GET',
    path,
    send: 'query',
    fixed: new Map(),
    ask: [
      { param: 'ids', column: 'id', by: 'keys', separator: '|', most: 60 },
      { param: 'label', column: 'label', by: 'key' },
      { param: 'dayFrom', column: 'day', by: 'from' },
      { param: 'dayTo', column: 'day', by: 'to' },
    ],
    needs: [],
    probe: new Map(),
    paging,
    rows: ['list'],
    outcome: { path: 'code', ok: ['200'], none: [] },
  };
}

/** The adapter of one object, on a connection of its own that is closed with it. */
function openBound(url: string, paging: Paging, object: string): SourceAdapter {
  const connection = openRestConnection({ dialect: 'rest', url });
  const isTable = object === CONTRACT_ROWS.name;
  const bound = connection.bind?.({
    interface: object,
    definition: {
      ...endpoint(paging, `/${object}`),
      ...(!isTable && { ask: [], outcome: { path: 'total', ok: ['1'], none: [] } }),
    },
    columns: isTable ? CONTRACT_ROWS.columns.map(({ name }) => name) : ['n'],
    key: isTable ? ['id'] : ['n'],
  });
  if (bound === undefined) throw new Error('A REST connection binds objects');
  return { ...bound, close: () => connection.close() };
}

async function createSource(): Promise<ContractSource> {
  const service = await startContractService();
  const dead = await findDeadUrl();
  return {
    cells: 'text',
    create: async (table) => service.fill(table),
    open: () => openBound(service.url, BY_PAGE, CONTRACT_ROWS.name),
    openDead: () => openBound(dead, BY_PAGE, CONTRACT_ROWS.name),
    slowObject: 'slow_rows',
    openSlow: () => openBound(service.url, BY_PAGE, 'slow_rows'),
    countSlow: async () => service.countSlow(),
    stop: () => service.close(),
  };
}

describeAdapterContract('rest', createSource);

describe.each([
  ['page', BY_PAGE],
  ['page without a total', { style: 'page', param: 'page', first: 1, sizeParam: 'size', size: 70 }],
  ['offset', BY_OFFSET],
  ['cursor', BY_CURSOR],
] as [string, Paging][])('rest, paged by %s,', (_, paging) => {
  let service: ContractService;
  let adapter: SourceAdapter;
  const { held, stored } = holdTable({ cells: 'text' });
  beforeAll(async () => {
    service = await startContractService();
    service.fill(stored);
    adapter = openBound(service.url, paging, CONTRACT_ROWS.name);
  });
  afterAll(async () => {
    await adapter.close();
    await service.close();
  });

  const request = (where: Condition, limit = 1000) =>
    ({ from: { name: 'contract_rows' }, columns: ['id'], where, orderBy: [], limit }) as const;
  const ids = async (where: Condition) =>
    (await adapter.read(request(where), wideBounds())).map((row) => row[0]);

  it('reads every row once', async () => {
    expect((await ids(ALWAYS)).sort()).toEqual([...expectedIds(held, ALWAYS)].sort());
  });

  it.each<[string, Condition]>([
    ['keys in chunks', { kind: 'in', column: 'id', values: held.rows.slice(0, 130).map(([id]) => id ?? '') }],
    ['single keys', { kind: 'in', column: 'label', values: ['a', 'A', '嵊泗', "' OR 1=1 --", ''] }],
    ['bounds', { kind: 'compare', column: 'day', op: 'gt', value: '1970-01-01' }],
    [
      'alternatives of both',
      {
        kind: 'any',
        of: [
          { kind: 'in', column: 'id', values: [3, 4, 5] },
          { kind: 'compare', column: 'label', op: 'eq', value: 'a' },
        ],
      },
    ],
  ])('reads exactly the rows of %s', async (_name, where) => {
    expect((await ids(where)).sort()).toEqual([...expectedIds(held, where)].sort());
  });

  it('stops reading pages when it has enough', async () => {
    const before = service.countReads();
    expect(await adapter.read(request(ALWAYS, 3), wideBounds())).toHaveLength(3);
    expect(service.countReads() - before).toBe(1);
  });

  it('passes every exchange through the guard', async () => {
    const before = service.countReads();
    let guarded = 0;
    const guard = <T>(send: () => Promise<T>): Promise<T> => {
      guarded += 1;
      return send();
    };
    await adapter.read(request(ALWAYS), { ...wideBounds(), guard });
    expect(guarded).toBeGreaterThan(1);
    expect(service.countReads() - before).toBe(guarded);
  });

  it('refuses to fetch more rows than it may, and says what to filter by', async () => {
    const where: Condition = { kind: 'isNull', column: 'name' };
    const reading = adapter.read(request(where), { ...wideBounds(), maxRows: 100 });
    await expect(reading).rejects.toMatchObject({
      code: 'SOURCE_TOO_LARGE',
      filterBy: ['id', 'label', 'day'],
    });
  });
});
