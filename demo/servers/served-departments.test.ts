import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openRestConnection } from '../../adapters/rest/open-rest.js';
import { openSoapConnection } from '../../adapters/soap/open-soap-connection.js';
import type { SourceAdapter } from '../../adapters/source-adapter.js';
import { openSmallDepartment, testContext } from '../../subgraphs/engine/testing/small-department.js';
import type { Kind } from '../../subgraphs/kinds/kinds.js';
import type { RowCondition } from '../../subgraphs/kinds/row-condition.js';
import { buildDemo, readDemo } from '../build-demo.js';
import { cityStore, streetEvents } from '../stores/city/city.js';
import { oldCaseStore } from '../stores/comprehensive/comprehensive.js';
import { hazchemStore } from '../stores/emergency/emergency.js';
import { platformEvents } from '../stores/grassroots/events.js';
import { grassrootsStore } from '../stores/grassroots/grassroots.js';
import { healthStore } from '../stores/health/health.js';
import { hotlineStore } from '../stores/hotline/hotline.js';
import { decodedRows } from '../stores/testing/decoded-rows.js';
import { readMapping } from '../stores/testing/read-mapping.js';
import { waterTransportStore } from '../stores/transport/passenger-trip.js';
import { generateWorld } from '../world/generate-world.js';
import type { PenaltyCase } from '../world/world.js';
import { SOAP_PASSWORD, SOAP_USER, TICKET_HEADER, TICKET_TOKEN } from './demo-credentials.js';
import type { DemoServer } from './demo-server.js';
import { closeDemoServers, startDemoServers } from './start-demo-servers.js';

const world = generateWorld({ seed: 4, size: 'tiny' });
const STORES = [
  ...[healthStore, hotlineStore, oldCaseStore, hazchemStore, waterTransportStore, grassrootsStore, cityStore],
];
/** Connections that speak SOAP. */
const SOAP = ['health', 'comprehensive-cases', 'emergency-licence'];
const parent = mkdtempSync(path.join(tmpdir(), 'eg-departments-'));
let servers: ReadonlyMap<string, DemoServer>;
let adapters: ReadonlyMap<string, SourceAdapter>;

beforeAll(async () => {
  const folder = path.join(parent, 'county');
  await buildDemo({ folder, seed: 4, size: 'tiny', stores: STORES });
  servers = await startDemoServers(folder, readDemo(folder));
  const urlOf = (connection: string): string => servers.get(connection)?.url ?? '';
  adapters = new Map([
    ...SOAP.map((connection): [string, SourceAdapter] => [
      connection,
      openSoapConnection({
        dialect: 'soap',
        url: urlOf(connection),
        charset: 'gbk',
        user: SOAP_USER,
        password: SOAP_PASSWORD,
      }),
    ]),
    ...['hotline', 'water-transport', 'grassroots', 'city'].map(
      (name) =>
        [
          name,
          openRestConnection({
            dialect: 'rest',
            url: urlOf(name),
            headers: { [TICKET_HEADER]: TICKET_TOKEN },
          }),
        ] as const,
    ),
  ]);
});
afterAll(async () => {
  for (const adapter of adapters.values()) await adapter.close();
  await closeDemoServers(servers);
  rmSync(parent, { recursive: true, force: true });
});

/** What a department's feed gives of one field, all in one page, and only rows that satisfy the condition. */
async function valuesOf(
  kind: Kind,
  file: string,
  field = 'number',
  where: RowCondition = { all: [] },
): Promise<readonly unknown[]> {
  const department = openSmallDepartment([readMapping(file)], adapters);
  const [part] = await department.feed.page(
    { kind, where, orderBy: [], fields: [field], reversed: false, limit: 1000 },
    testContext(),
  );
  if (part?.data === undefined) throw new Error(`${part?.state}: ${part?.reason}`);
  return part.data.rows.map(({ values }) => values[0]).sort();
}

const licences = (type: string): string[] =>
  world.licences
    .filter((licence) => licence.type === type)
    .map(({ number }) => number)
    .sort();

describe('departments behind servers, through the adapters of the product', () => {
  it('give the permits, institutions and checks of health', async () => {
    expect(await valuesOf('Licence', 'health/hygiene-permit.yaml')).toEqual(licences('HYGIENE_PERMIT'));
    expect(await valuesOf('Licence', 'health/medical-institution.yaml')).toEqual(
      licences('MEDICAL_INSTITUTION'),
    );
    const checks = [...world.inspections].filter(({ heldBy }) => heldBy === 'health');
    expect(await valuesOf('Inspection', 'health/inspection.yaml')).toEqual(
      checks.map(({ number }) => number).sort(),
    );
  });

  it.each([
    ['grassroots/event.yaml', platformEvents(world)],
    ['city/event.yaml', streetEvents(world)],
  ])('give the events of %s', async (file, events) => {
    expect(await valuesOf('Event', file)).toEqual(events.map(({ number }) => number).sort());
  });

  it('give the cases of the old system, all of them and those of a time', async () => {
    const held = [...world.cases].filter(({ heldBy }) => heldBy === 'comprehensive');
    const codes = (filed: readonly PenaltyCase[]) => filed.map(({ caseCode }) => caseCode).sort();
    expect(await valuesOf('Case', 'comprehensive/old-case.yaml', 'caseCode')).toEqual(codes(held));
    const [first, ...later] = held.map(({ filedAt }) => filedAt).sort();
    const since = later[0] ?? first ?? '';
    expect(
      await valuesOf('Case', 'comprehensive/old-case.yaml', 'caseCode', { field: 'filedAt', from: since }),
    ).toEqual(codes(held.filter(({ filedAt }) => filedAt >= since)));
  });

  it('give the licences to trade in hazardous chemicals, all of them and those of a holder', async () => {
    const file = 'emergency/hazchem-licence.yaml';
    const issued = world.licences.filter(({ type }) => type === 'HAZARDOUS_CHEMICALS');
    expect(await valuesOf('Licence', file)).toEqual(licences('HAZARDOUS_CHEMICALS'));
    const { holder, number } = issued[1] ?? { holder: { index: -1 }, number: '' };
    const uscc = world.organisations[holder.index]?.uscc ?? '';
    expect(await valuesOf('Licence', file, 'number', { subject: [`uscc:${uscc}`] })).toEqual([number]);
  });

  it.each([
    ['health/water-test.yaml', 'szjc', 'jgid'],
    ['health/hazard-declaration.yaml', 'zybsb', 'sbbh'],
  ])('give what hangs at subjects alone, %s, and what is of one of them', async (file, table, key) => {
    const department = openSmallDepartment([readMapping(file)], adapters);
    const read = async (where: RowCondition): Promise<readonly string[]> => {
      const [part] = await department.feed.page(
        { kind: null, where, orderBy: [], fields: [], reversed: false, limit: 1000 },
        testContext(),
      );
      if (part?.data === undefined) throw new Error(`${part?.state}: ${part?.reason}`);
      return part.data.rows.map((row) => row.key.join()).sort();
    };
    const held = decodedRows(healthStore(world), file, table);
    const keysOf = (rows: typeof held) => rows.map(({ cells }) => String(cells.get(key))).sort();
    expect(held.length).toBeGreaterThan(2);
    expect(await read({ all: [] })).toEqual(keysOf(held));
    const [first] = held.flatMap(({ subject }) => (subject?.startsWith('uscc:') ? [subject] : []));
    const own = keysOf(held.filter(({ subject }) => subject === first));
    expect(own.length).toBeLessThan(held.length);
    expect(await read({ subject: [first ?? ''] })).toEqual(own);
  });

  it('give the passenger trips, asked by POST, and those of one ship alone', async () => {
    const department = openSmallDepartment([readMapping('transport/passenger-trip.yaml')], adapters);
    const read = async (where: RowCondition): Promise<readonly string[]> => {
      const [part] = await department.feed.page(
        { kind: 'PortCall', where, orderBy: [], fields: [], reversed: false, limit: 1000 },
        testContext(),
      );
      if (part?.data === undefined) throw new Error(`${part?.state}: ${part?.reason}`);
      return part.data.rows.map(({ key, subject }) => `${key.join()} ${subject}`).sort();
    };
    const held = decodedRows(waterTransportStore(world), 'transport/passenger-trip.yaml', 'jcg');
    const expected = held.map(({ cells, subject }) => `${cells.get('jlid')} ${subject}`).sort();
    expect(expected.length).toBeGreaterThan(30);
    expect(await read({ all: [] })).toEqual(expected);
    const [ship = ''] = held.flatMap(({ subject }) => (subject?.startsWith('vessel:CN') ? [subject] : []));
    const spellings = held
      .filter(({ subject }) => subject === ship)
      .map(({ cells }) => `vessel~${cells.get('cb.cbsbh')}`);
    expect(await read({ subject: [ship, ...new Set(spellings)] })).toEqual(
      expected.filter((row) => row.endsWith(` ${ship}`)),
    );
  });

  it('give the tickets of the hotline', async () => {
    expect(await valuesOf('Complaint', 'hotline/ticket.yaml')).toEqual(
      [...world.complaints].map(({ ticketNumber }) => ticketNumber).sort(),
    );
  });
});
