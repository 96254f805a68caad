import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionConfig } from '../../adapters/kinds.js';
import type { DemoServer } from '../../demo/servers/demo-server.js';
import { writeSqlite } from '../../demo/stores/write/write-sqlite.js';
import type { World } from '../../demo/world/world.js';
import { Secret } from '../../runtime/config/secret.js';
import { EXAMPLES_OF_ROWS, exampleQuery } from '../county/ask.js';
import { openTestCounty, type TestCounty } from '../county/open-test-county.js';
import { type DemoSystems, openDemoSystems } from '../county/stored-county.js';
import { checkDepartment } from './check-department.js';
import { addDepartment, copyCountyRoot, generateSchemas, readTree } from './county-root.js';
import { FIRM, HAZCHEM_LICENCES, LAPSED_TRADERS } from './emergency-queries.js';
import { codeOf, emergencyStore, hazardRows, type KnownFirms } from './emergency-store.js';
import { HAZARD_PASSWORD, HAZARD_USER, startHazardService } from './hazard-service.js';

const DEPARTMENT = join(import.meta.dirname, 'department');
/** The question that is asked of the new department's licences. */
const ITS_OWN = 'q08-hazchem-not-inspected';
const QUERIES = EXAMPLES_OF_ROWS.filter((name) => name !== ITS_OWN);
/**
 * Questions whose lists of interfaces name the new one. All list subjects: who is who is built from every interface that
 * feeds a kind, and whoever feeds licences may have one that the question is after; that it has none is news as well.
 */
const LIST_SUBJECTS = [
  'joint-check-candidates',
  'q06-joint-check-candidates',
  'q07-homestays-without-permit',
  'q09-gone-but-licensed',
  'q10-penalised-by-many',
  'q23-foreign-permit-numbers',
  't09-repeat-visits',
  'uncertified-crews',
];

/** Cursors of subjects are encrypted, which never gives the same text twice; those of rows have to stay as they are. */
const CURSOR = /"endCursor":"[\w-]+"/g;

/** The new department's entry in a list of interfaces. */
const OWN_COVERAGE =
  /\{"interface":"emergency\.hazchem-licence","state":"LIVE","asOf":null(?:,"rows":\d)?\},/g;

/** Answers by query, each as the text that a client would get. */
type Texts = ReadonlyMap<string, string>;

let root: string;
let systems: DemoSystems;
let hazards: DemoServer;
let folder: string;
let firms: KnownFirms;
let before: { readonly tree: ReadonlyMap<string, string>; readonly answers: Texts };
let county: TestCounty;

beforeAll(async () => {
  // The demo's own emergency bureau stays away, so that another one can join.
  root = copyCountyRoot({ without: ['emergency'] });
  generateSchemas(root);
  folder = mkdtempSync(join(tmpdir(), 'eg-emergency-'));
  systems = await openDemoSystems({ seed: 1, size: 'tiny' });
  const { connections } = systems;
  const { today } = systems.world;
  const old = await openTestCounty({ connections, today, root });
  before = { tree: readTree(root), answers: await askAll(old) };
  await old.close();

  firms = chooseFirms(systems.world);
  await writeSqlite(emergencyStore(firms), join(folder, 'emergency.sqlite'));
  hazards = await startHazardService(hazardRows(firms));
  addDepartment(root, 'emergency', DEPARTMENT);
  county = await openTestCounty({ connections: withEmergency(connections), today, root });
}, 120_000);

afterAll(async () => {
  await county?.close();
  await hazards?.close();
  await systems?.close();
  for (const each of [root, folder]) rmSync(each, { recursive: true, force: true });
});

/** The two connections that the new department reads. */
function withEmergency(
  connections: ReadonlyMap<string, ConnectionConfig>,
): ReadonlyMap<string, ConnectionConfig> {
  return new Map<string, ConnectionConfig>([
    ...connections,
    ['emergency', { dialect: 'sqlite', file: join(folder, 'emergency.sqlite') }],
    [
      'hazards',
      {
        dialect: 'soap',
        url: hazards.url,
        charset: 'gbk',
        user: HAZARD_USER,
        password: new Secret(HAZARD_PASSWORD),
      },
    ],
  ]);
}

/** Firms in business without any other licence and behind the landmarks, so that no question of before was about them. */
function chooseFirms({ organisations, licences }: World): KnownFirms {
  const [trader, depot, former] = organisations
    .slice(10)
    .filter(
      ({ index, kind, uscc, regState }) =>
        kind === 'ORGANISATION' &&
        uscc !== null &&
        regState === 'ACTIVE' &&
        !licences.some(({ holder }) => holder.kind === 'organisation' && holder.index === index),
    );
  if (trader === undefined || depot === undefined || former === undefined) {
    throw new Error('Cannot place licences: the world must have three firms without one, but has fewer');
  }
  return { trader, depot, former };
}

async function askAll(asked: TestCounty): Promise<Texts> {
  const texts = new Map<string, string>();
  for (const name of QUERIES) {
    const answer = await asked.ask(exampleQuery(name));
    expect(answer.errors).toBeUndefined();
    const text = JSON.stringify(answer).replace(/"tookMs":[\d.e-]+/g, '"tookMs":0');
    texts.set(name, LIST_SUBJECTS.includes(name) ? text.replace(CURSOR, '"endCursor":"…"') : text);
  }
  return texts;
}

describe('a department that joins a running county', () => {
  it('adds its own files, its entry and generated schemas, and touches nothing else', () => {
    const after = readTree(root);
    const changed = [...after].filter(([file, text]) => before.tree.get(file) !== text).map(([file]) => file);
    expect([...before.tree.keys()].filter((file) => !after.has(file))).toEqual([]);
    expect(changed.sort()).toEqual([
      'rover.yaml',
      'schema/api.graphql',
      'schema/codes/emergency/licence-state.yaml',
      'schema/subgraphs/emergency.graphql',
      // Filters by its facet of subjects.
      'schema/subgraphs/hub.graphql',
      'schema/supergraph.graphql',
      'subgraphs/departments/emergency/hazard.yaml',
      'subgraphs/departments/emergency/hazchem-licence.yaml',
      'subgraphs/departments/emergency/schema.graphql',
    ]);
    expect(after.get('rover.yaml')?.startsWith(before.tree.get('rover.yaml') ?? 'missing')).toBe(true);
  });

  it('has mappings without findings', () => {
    expect(checkDepartment(root, 'emergency', withEmergency(systems.connections))).toEqual([]);
  });

  it('leaves every answer as it was, to the byte, but names itself where subjects are listed', async () => {
    const after = await askAll(county);
    expect(QUERIES.filter((name) => after.get(name) !== before.answers.get(name))).toEqual(LIST_SUBJECTS);
    for (const [name, text] of after) {
      expect([name, text.replace(OWN_COVERAGE, '')]).toEqual([name, before.answers.get(name)]);
    }
  });
});

describe('its own data', () => {
  it('is a register among the others, with a facet of its own', async () => {
    const { errors, data } = await county.ask(HAZCHEM_LICENCES);
    expect(errors).toBeUndefined();
    expect(data?.licences).toMatchObject({
      totalCount: 3,
      nodes: [
        {
          id: expect.stringMatching(/^emergency\.hazchem-licence:/),
          department: 'EMERGENCY',
          type: 'HAZARDOUS_CHEMICALS',
          number: '浙舟(嵊)安经字[2024]000012',
          name: '危险化学品经营许可证',
          validFrom: '2024-03-05',
          validTo: '2027-03-04',
          state: 'VALID',
          expired: false,
          issuer: '嵊泗县应急管理局',
          subject: { name: firms.trader.name, market: { registration: { regState: 'ACTIVE' } } },
          hazchem: {
            firmName: firms.trader.name,
            scope: '柴油[闭杯闪点≤60℃]',
            issuedAt: '2024-03-01',
            unitType: '经营企业',
            tradeMode: '带储存设施',
            storageAddress: '菜园镇海滨路1号',
          },
        },
        {
          number: '浙舟(嵊)安经字[2021]000007',
          validFrom: '2021-03-01',
          validTo: '2024-02-29',
          state: 'VALID',
          expired: true,
          quality: expect.arrayContaining(['DATE_TRUNCATED:validFrom']),
          subject: { name: firms.depot.name, market: { registration: { regState: 'ACTIVE' } } },
          hazchem: { issuedAt: '2021-03-01', unitType: '加油站', tradeMode: null, storageAddress: null },
        },
        {
          number: '浙舟(嵊)安经字[2019]000003',
          validTo: '2022-05-31',
          state: 'CANCELLED',
          subject: { name: firms.former.name },
          hazchem: { issuedAt: null },
        },
      ],
      coverage: expect.arrayContaining([{ interface: 'emergency.hazchem-licence', state: 'LIVE', rows: 3 }]),
    });
  });

  it('stands beside what others know of the same subject', async () => {
    const basis = '《工贸企业重大事故隐患判定标准》第五条';
    const { errors, data } = await county.ask(FIRM, { uscc: codeOf(firms.trader) });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      subject: {
        name: firms.trader.name,
        market: { registration: { regState: 'ACTIVE' } },
        licences: {
          nodes: [
            {
              type: 'HAZARDOUS_CHEMICALS',
              number: '浙舟(嵊)安经字[2024]000012',
              expired: false,
            },
          ],
        },
        emergency: {
          hazards: [
            {
              content: '特种作业人员无证上岗',
              basis,
              establishedBy: '嵊泗县应急管理局',
              establishedOn: '2026-01-01',
              closedOn: null,
              quality: ['DATE_TRUNCATED:establishedOn'],
            },
            {
              content: '㟙岙油库储罐区<2号罐>未设防火堤 & 未设报警装置',
              basis,
              establishedBy: '嵊泗县应急管理局',
              establishedOn: '2025-09-03',
              closedOn: '2025-08-30',
              quality: [],
            },
          ],
        },
      },
    });
  });

  it('takes part in questions about subjects', async () => {
    const { errors, data } = await county.ask(LAPSED_TRADERS);
    expect(errors).toBeUndefined();
    const nodes = [{ name: firms.depot.name, emergency: { hazards: [{ content: '卸油口静电接地断开' }] } }];
    expect(data).toEqual({ subjects: { totalCount: 1, nodes } });
  });
});
