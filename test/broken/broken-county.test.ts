import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTestCounty, type TestCounty } from '../county/open-test-county.js';
import { type DemoSystems, openDemoSystems } from '../county/stored-county.js';
import { copyCountyRoot } from '../join/county-root.js';
import { edit } from './edit-file.js';

const DEPARTMENTS = 'subgraphs/departments';

/** One mistake in each of five departments. */
const MISTAKES = [
  edit(`${DEPARTMENTS}/market/abnormal-entry.yaml`, 'type: Date,', 'type: Dat,'),
  edit(`${DEPARTMENTS}/market/licence.yaml`, 'title:', 'title：'),
  (root: string) =>
    writeFileSync(join(root, DEPARTMENTS, 'transport/company-vehicle.yaml'), 'interface: [\n'),
  edit('schema/codes/health/check-result.yaml', /code: "?\w+"?/, 'code: ""'),
  edit(`${DEPARTMENTS}/culture/schema.graphql`, 'rooms: Int', 'rooms: Itn'),
  edit('rover.yaml', '\n  hotline:', '\n  hotlin:'),
];

let systems: DemoSystems;
let root: string;
let county: TestCounty;

beforeAll(async () => {
  root = copyCountyRoot();
  for (const mistake of MISTAKES) mistake(root);
  systems = await openDemoSystems({ seed: 1, size: 'tiny' });
  county = await openTestCounty({ connections: systems.connections, today: systems.world.today, root });
}, 120_000);

afterAll(async () => {
  await county?.close();
  await systems?.close();
  rmSync(root, { recursive: true, force: true });
});

interface Coverage {
  readonly interface: string;
  readonly state: string;
  readonly reason: string | null;
}

async function coverageOf(list: string): Promise<readonly Coverage[]> {
  const query = `{ ${list}(first: 3) { totalCount nodes { id } coverage { interface state reason } } }`;
  const { data, errors } = await county.ask(query);
  expect(errors).toBeUndefined();
  const lists = (data ?? {}) as Readonly<Record<string, { readonly coverage: readonly Coverage[] }>>;
  return lists[list]?.coverage ?? [];
}

describe('a county with mistakes in five departments', () => {
  it.each([
    [
      'licences',
      [
        'culture.entertainment-permit',
        'culture.homestay',
        'culture.sports-licence',
        'culture.travel-agency',
        'market.licence',
      ],
    ],
    ['inspections', ['health.inspection']],
    ['complaints', ['hotline.ticket']],
    ['cases', []],
  ])('serves what has none, and tells what is missing and why: %s', async (list, missing) => {
    const coverage = await coverageOf(list);
    const absent = coverage.filter(({ state }) => state === 'MISSING');
    expect(absent.map((one) => one.interface)).toEqual(missing);
    for (const { reason } of absent) expect(reason).toMatch(/^INTERFACE_MISCONFIGURED: /);
    if (list !== 'complaints') expect(coverage.length).toBeGreaterThan(absent.length);
  });

  it('names nothing but the kind of mistake to callers', async () => {
    const reasons = new Map(
      [...(await coverageOf('licences')), ...(await coverageOf('inspections'))].map((one) => [
        one.interface,
        one.reason,
      ]),
    );
    expect(reasons.get('market.licence')).toMatch(/映射文件有误。Its mapping has errors\.$/);
    expect(reasons.get('culture.homestay')).toMatch(/schema\.graphql of its department has errors\.$/);
    expect(reasons.get('health.inspection')).toMatch(/代码表有误。Its code list has errors\.$/);
  });

  it('lists its interfaces all the same', async () => {
    const { data } = await county.ask('{ interfaces { name kind } }');
    expect(data?.interfaces).toEqual(
      expect.arrayContaining([
        { name: 'market.licence', kind: 'LICENCE' },
        { name: 'transport.company-vehicle', kind: null },
        { name: 'hotline.ticket', kind: 'COMPLAINT' },
      ]),
    );
  });

  it('shows callers the schema that was composed', async () => {
    const { data } = await county.ask('{ __type(name: "Homestay") { fields { name type { name } } } }');
    expect(data?.__type).toMatchObject({
      fields: expect.arrayContaining([{ name: 'rooms', type: { name: 'Int' } }]),
    });
  });

  it('tells the problems with their places', () => {
    const places = county.county.problems.map(({ place, rule }) => `${place.file}:${place.line} ${rule}`);
    expect(places).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^rover\.yaml:\d+ missing-folder$/),
        expect.stringMatching(/^schema\/codes\/health\/check-result\.yaml:\d+ invalid-value$/),
        expect.stringMatching(/^subgraphs\/departments\/market\/licence\.yaml:\d+ yaml-syntax$/),
        expect.stringMatching(/^subgraphs\/departments\/culture\/schema\.graphql:\d+ sdl-invalid$/),
      ]),
    );
  });
});

describe('a field that a broken interface would fill', () => {
  it('is null, with an error that names it, beside fields of its department that serve', async () => {
    const { data, errors } = await county.ask(
      '{ subjects(where: { kind: [ORGANISATION] }, first: 1) { nodes { market { registration { regState } abnormalEntries { __typename } } } coverage { state } } }',
    );
    expect(data?.subjects).toMatchObject({
      nodes: [{ market: { registration: { regState: expect.any(String) }, abnormalEntries: null } }],
    });
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
      [
        ['subjects', 'nodes', 0, 'market', 'abnormalEntries'],
        expect.objectContaining({
          code: 'INTERFACE_MISSING',
          interface: 'market.abnormal-entry',
          department: 'market',
          retryable: false,
        }),
      ],
    ]);
  });

  it('is null with that error even when the file does not tell where its rows belong', async () => {
    const { errors } = await county.ask(
      '{ subjects(where: { kind: [ORGANISATION] }, first: 1) { nodes { transport { companyVehicles { __typename } } } coverage { state } } }',
    );
    expect(errors?.map(({ extensions }) => extensions.interface)).toEqual(['transport.company-vehicle']);
  });

  it('is told for a row that is known by its id', async () => {
    const { errors } = await county.ask(
      '{ node(id: "market.licence:1") { id ... on Licence { market { scope } } } }',
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INTERFACE_MISSING', interface: 'market.licence' });
  });
});

describe('a condition on a facet of a broken interface', () => {
  it.each([
    [
      'its file has a mistake',
      'market: {abnormalEntries: {where: {includedAt: {from: "2020-01-01"}}}}',
      'market.abnormal-entry',
    ],
    [
      'the SDL of its department has one',
      'culture: {scenicSpots: {where: {spotName: ["基湖沙滩"]}}}',
      'culture.scenic-spot',
    ],
  ])('names nobody, and the interface that is missing: %s', async (_why, where, name) => {
    for (const each of [where, `kind: [ORGANISATION], not: {${where}}`]) {
      const { data, errors } = await county.ask(
        `{ subjects(where: {${each}}) { totalCount coverage { interface state reason } } }`,
      );
      expect(errors).toBeUndefined();
      expect(data?.subjects).toMatchObject({ totalCount: 0 });
      const { coverage } = (data as unknown as { subjects: { coverage: readonly Coverage[] } }).subjects;
      const missing = coverage.find((one) => one.interface === name);
      expect(missing).toMatchObject({ state: 'MISSING' });
      expect(missing?.reason).toMatch(/^INTERFACE_MISCONFIGURED: /);
    }
  });

  it('is refused where nothing is left of the file that says what it fills', async () => {
    const { data, errors } = await county.ask(
      '{ subjects(where: {transport: {companyVehicles: {some: true}}}) { totalCount } }',
    );
    expect(data).toEqual({ subjects: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['INTERFACE_MISSING']);
    expect(errors?.[0]?.message).toContain('where.transport.companyVehicles');
  });
});
