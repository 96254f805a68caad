import { openSoapConnection } from '../../../adapters/soap/open-soap-connection.js';
import { openSmallDepartment, testContext } from '../../../subgraphs/engine/testing/small-department.js';
import type { RowCondition } from '../../../subgraphs/kinds/row-condition.js';
import { oldCaseStore } from '../../stores/comprehensive/comprehensive.js';
import { hazchemStore } from '../../stores/emergency/emergency.js';
import { decodedRows, mappingOf } from '../../stores/testing/decoded-rows.js';
import { readMapping } from '../../stores/testing/read-mapping.js';
import { SOAP_PASSWORD, SOAP_USER } from '../demo-credentials.js';
import type { DemoServer } from '../demo-server.js';
import { type ServedStore, writeServedStore } from '../testing/served-store.js';
import { startHazchemService } from './hazchem-service.js';
import { startOldCaseService } from './old-case-service.js';

describe.each([
  [
    'the old case system',
    {
      start: startOldCaseService,
      makeStore: oldCaseStore,
      table: 't_ajxx',
      file: 'comprehensive/old-case.yaml',
      kind: 'Case',
      day: 'filedAt',
    },
  ],
  [
    'the register of hazardous chemicals',
    {
      start: startHazchemService,
      makeStore: hazchemStore,
      table: 'whpjyxkz',
      file: 'emergency/hazchem-licence.yaml',
      kind: 'Licence',
      day: 'enteredAt',
    },
  ],
] as const)('%s behind its service', (_name, { start, makeStore, table, file, kind, day }) => {
  const { interface: name, source, fields } = mappingOf(file);
  const columns = [...fields.values()].flatMap(({ name: field, column }) =>
    column === undefined ? [] : [field],
  );
  let store: ServedStore;
  let server: DemoServer;

  beforeAll(async () => {
    store = await writeServedStore(makeStore);
    server = await start({ file: store.file });
  });
  afterAll(async () => {
    await server.close();
    store.remove();
  });

  async function ask(where: RowCondition, password = SOAP_PASSWORD) {
    const adapter = openSoapConnection({
      dialect: 'soap',
      url: server.url,
      charset: 'gbk',
      user: SOAP_USER,
      password,
    });
    const { feed } = openSmallDepartment([readMapping(file)], new Map([[source.connection, adapter]]));
    const request = { kind, where, orderBy: [], fields: columns, reversed: false, limit: 1000 } as const;
    const [part] = await feed.page(request, testContext());
    await adapter.close();
    return part;
  }

  /** Rows as texts, in one order. */
  const texts = (rows: readonly (readonly unknown[])[]): readonly string[] =>
    rows.map((values) => JSON.stringify(values)).sort();
  const held = () =>
    texts(
      decodedRows(makeStore(store.world), file, table).map(({ values }) =>
        columns.map((field) => values.get(field) ?? null),
      ),
    );

  it('gives every row as its table holds it, whatever GBK lacks', async () => {
    const part = await ask({ all: [] });
    expect(part).toMatchObject({ interface: name, state: 'LIVE' });
    expect(held().length).toBeGreaterThan(1);
    expect(held().some((row) => row.includes('㟙'))).toBe(kind === 'Licence');
    expect(texts((part?.data?.rows ?? []).map(({ values }) => values))).toEqual(held());
  });

  it('has no rows of days to come, which is no failure', async () => {
    const part = await ask({ field: day, from: '2199-01-01' });
    expect([part?.state, part?.data?.rows]).toEqual(['LIVE', []]);
  });

  it('answers nobody with a wrong password', async () => {
    const part = await ask({ all: [] }, 'wrong');
    expect([part?.state, part?.reason]).toEqual(['MISSING', expect.stringMatching(/^SOURCE_/)]);
  });
});
