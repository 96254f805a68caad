import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { openTestCounty, type TestCounty } from '../county/open-test-county.js';
import { type DemoSystems, openDemoSystems } from '../county/stored-county.js';
import { copyCountyRoot } from '../join/county-root.js';

const LICENCE = 'subgraphs/departments/market/licence.yaml';
const DEPARTMENTS = 'subgraphs/departments';
const EVERYTHING = `{
  licences(first: 5) { totalCount nodes { id market { scope } culture: homestay { houseName } } coverage { interface department state reason } }
  inspections(first: 5) { totalCount nodes { id } coverage { interface department state reason } }
}`;

let systems: DemoSystems;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eg-broken-'));
  systems = await openDemoSystems({ seed: 1, size: 'tiny' });
}, 120_000);

afterAll(async () => {
  await systems?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the demo county after a change to its files. */
async function withRoot<T>(
  change: (root: string) => void,
  use: (county: TestCounty, root: string) => Promise<T>,
): Promise<T> {
  const root = copyCountyRoot();
  const registryFile = join(mkdtempSync(join(folder, 'index-')), 'registry.sqlite');
  cpSync(systems.registryFile, registryFile);
  try {
    change(root);
    const { connections, world } = systems;
    const county = await openTestCounty({ connections, today: world.today, root, registryFile });
    return await use(county, root).finally(() => county.close());
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function edit(file: string, from: string | RegExp, to: string): (root: string) => void {
  return (root) => {
    const text = readFileSync(join(root, file), 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`Cannot change ${file}: it must have ${String(from)}`);
    writeFileSync(join(root, file), changed);
  };
}

interface Coverage {
  readonly interface: string;
  readonly state: string;
  readonly reason: string | null;
}

async function missingIn(county: TestCounty): Promise<ReadonlyMap<string, string | null>> {
  const { data } = await county.ask(EVERYTHING);
  const lists = Object.values(data ?? {}) as readonly { readonly coverage: readonly Coverage[] }[];
  const all = lists.flatMap(({ coverage }) => coverage);
  expect(all.length).toBeGreaterThan(8);
  return new Map(
    all.filter(({ state }) => state === 'MISSING').map((one) => [one.interface, one.reason] as const),
  );
}

/** What is wrong, the interfaces that are MISSING in lists of licences and inspections, and what is said of it. */
const CASES: readonly (readonly [
  title: string,
  change: (root: string) => void,
  missing: readonly string[],
  said: RegExp,
])[] = [
  [
    'a misspelt type',
    edit(LICENCE, 'type: Date,', 'type: Dat,'),
    ['market.licence'],
    /^subgraphs\/departments\/market\/licence\.yaml:\d+:\d+: error invalid-value: .*“fields\.\w+\.type”应为.*是否想写“Date”/m,
  ],
  [
    'broken YAML',
    edit(LICENCE, 'fields:', 'fields: ['),
    ['market.licence'],
    /^subgraphs\/departments\/market\/licence\.yaml:\d+:\d+: error yaml-syntax/m,
  ],
  [
    'a full-width colon',
    edit(LICENCE, 'title:', 'title：'),
    ['market.licence'],
    /^subgraphs\/departments\/market\/licence\.yaml:\d+:6: error yaml-syntax: .*全角冒号/m,
  ],
  [
    'a misspelt kind',
    edit(LICENCE, 'feeds: Licence', 'feeds: Licens'),
    ['market.licence'],
    /licence\.yaml:\d+:\d+: error invalid-value: .*“feeds”应为/m,
  ],
  [
    'a misspelt key whose value is a kind',
    edit(LICENCE, 'feeds: Licence', 'fedes: Licence'),
    ['market.licence'],
    /licence\.yaml:\d+:1: error unknown-key: .*是否想写“feeds”/m,
  ],
  [
    'a file in GBK',
    (root) => {
      const file = join(root, LICENCE);
      writeFileSync(file, iconv.encode(readFileSync(file, 'utf8'), 'gbk'));
    },
    ['market.licence'],
    /licence\.yaml:\d+:1: error not-utf8: .*GBK/m,
  ],
  [
    'an unknown field',
    edit(LICENCE, /\n {2}number:/, '\n  numbr:'),
    ['market.licence'],
    /licence\.yaml:\d+:\d+: error (required|unknown)-field/m,
  ],
  [
    'an unknown connection',
    edit(LICENCE, 'connection: market', 'connection: markte'),
    ['market.licence'],
    /licence\.yaml:\d+:\d+: error unknown-connection: .*markte/m,
  ],
  [
    "a name that is another department's",
    edit(LICENCE, 'interface: market.licence', 'interface: culture.homestay'),
    ['market.licence'],
    /licence\.yaml:\d+:\d+: error misplaced/m,
  ],
  [
    'an empty code',
    edit('schema/codes/health/check-result.yaml', /code: '?\w+'?/, "code: ''"),
    ['health.inspection'],
    /^schema\/codes\/health\/check-result\.yaml:\d+:\d+: error invalid-value: “codes\.0\.code”不能为空。 Cannot use codes\.0\.code: it must not be empty/m,
  ],
  [
    'a code list that is none',
    edit('schema/codes/health/check-result.yaml', 'codes:', 'cods: ['),
    ['health.inspection'],
    /^schema\/codes\/health\/check-result\.yaml:\d+:\d+: error yaml-syntax/m,
  ],
  [
    'SDL that does not parse',
    edit(`${DEPARTMENTS}/culture/schema.graphql`, 'rooms: Int', 'rooms Int'),
    ['culture.entertainment-permit', 'culture.homestay'],
    /^subgraphs\/departments\/culture\/schema\.graphql:\d+:\d+: error sdl-syntax/m,
  ],
  [
    'a misspelt type in SDL',
    edit(`${DEPARTMENTS}/culture/schema.graphql`, 'rooms: Int', 'rooms: Itn'),
    ['culture.entertainment-permit', 'culture.homestay'],
    /^subgraphs\/departments\/culture\/schema\.graphql:\d+:10: error sdl-invalid: .*Unknown type Itn/m,
  ],
  [
    'a field twice in SDL',
    edit(`${DEPARTMENTS}/culture/schema.graphql`, 'rooms: Int', 'rooms: Int\n  rooms: Int'),
    ['culture.entertainment-permit', 'culture.homestay'],
    /^subgraphs\/departments\/culture\/schema\.graphql:\d+:3: error sdl-invalid: .*rooms/m,
  ],
  [
    'no SDL',
    (root) => rmSync(join(root, DEPARTMENTS, 'culture', 'schema.graphql')),
    ['culture.entertainment-permit', 'culture.homestay'],
    /^subgraphs\/departments\/culture\/schema\.graphql:1:1: error unreadable/m,
  ],
  [
    'an entry whose folder is missing',
    (root) => rmSync(join(root, DEPARTMENTS, 'culture'), { recursive: true }),
    ['culture.licence'],
    /^rover\.yaml:\d+:3: error missing-folder: .*culture/m,
  ],
  [
    'a folder that rover.yaml does not name',
    edit('rover.yaml', /\n {2}culture:\n(?: {4}.*\n)+/, '\n'),
    ['culture.entertainment-permit', 'culture.homestay'],
    /^rover\.yaml:\d+:\d+: error unnamed-folder: .*culture/m,
  ],
  [
    'a misspelt entry',
    edit('rover.yaml', '\n  culture:', '\n  cultrue:'),
    ['culture.entertainment-permit', 'culture.homestay'],
    /^rover\.yaml:\d+:3: error missing-folder: .*是否想写“culture”/m,
  ],
  [
    'an entry with a wrong key',
    edit('rover.yaml', 'routing_url: http://127.0.0.1:4108', 'routing: http://127.0.0.1:4108'),
    [],
    /^rover\.yaml:\d+:5: error unknown-key: .*“routing_url”/m,
  ],
  [
    'a rover.yaml that is no YAML',
    edit('rover.yaml', 'subgraphs:', 'subgraphs：'),
    [],
    /^rover\.yaml:\d+:10: error yaml-syntax: .*全角冒号/m,
  ],
  [
    'a mapping that ends in .yml',
    (root) => cpSync(join(root, LICENCE), join(root, `${DEPARTMENTS}/market/other.yml`)),
    [],
    /^subgraphs\/departments\/market\/other\.yml:1:1: error wrong-ending/m,
  ],
  ['an empty folder beside the departments', (root) => mkdirSync(join(root, DEPARTMENTS, 'notes')), [], /^$/],
];

describe('a mistake in the files of one department', () => {
  it.each(CASES)('costs its own interfaces alone: %s', async (_, change, missing, said) => {
    await withRoot(change, async (county) => {
      const found = await missingIn(county);
      expect([...found.keys()].sort()).toEqual([...missing]);
      for (const reason of found.values())
        expect(reason).toMatch(/^INTERFACE_MISCONFIGURED: 数据接口的配置有误/);
      expect(county.county.problems.map(formatProblem).join('\n')).toMatch(said);
    });
  });
});

describe('fields of a broken interface', () => {
  const subjects =
    '{ subjects(where: { kind: [ORGANISATION] }, first: 1) { nodes { name market { registration { regState } licences { id } } } } }';

  it('are null, with an error that names it, beside those of its department that serve', async () => {
    const { errors, data } = await withRoot(edit(LICENCE, 'type: Date,', 'type: Dat,'), (county) =>
      county.ask(subjects),
    );
    const nodes = (data as { subjects: { nodes: readonly Record<string, unknown>[] } }).subjects.nodes;
    expect(nodes[0]).toMatchObject({
      name: expect.any(String),
      market: { registration: expect.anything(), licences: null },
    });
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toContainEqual([
      ['subjects', 'nodes', 0, 'market', 'licences'],
      expect.objectContaining({ code: 'INTERFACE_MISSING', interface: 'market.licence', retryable: false }),
    ]);
  });

  it('are null even when the file does not tell where its rows belong', async () => {
    const root = (path: string): void => writeFileSync(join(path, LICENCE), 'interface: [\n');
    const { errors } = await withRoot(root, (county) => county.ask(subjects));
    expect(errors?.map(({ extensions }) => extensions.interface)).toContain('market.licence');
  });

  it('leave the schema that callers see as it was', async () => {
    const introspect = '{ __type(name: "Homestay") { fields { name } } }';
    const plain = await withRoot(
      () => undefined,
      (county) => county.ask(introspect),
    );
    const broken = await withRoot(
      edit(`${DEPARTMENTS}/culture/schema.graphql`, 'rooms: Int', 'rooms: Itn'),
      (county) => county.ask(introspect),
    );
    expect(broken).toEqual(plain);
  });

  it('are told for rows known by their ids', async () => {
    const id = await withRoot(
      () => undefined,
      async (county) => {
        const { data } = await county.ask(
          '{ licences(where: { interface: "market.licence" }, first: 1) { nodes { id } } }',
        );
        return (data as { licences: { nodes: readonly { id: string }[] } }).licences.nodes[0]?.id;
      },
    );
    expect(id).toMatch(/^market\.licence:/);
    const { data, errors } = await withRoot(edit(LICENCE, 'type: Date,', 'type: Dat,'), (county) =>
      county.ask('query ($id: ID!) { node(id: $id) { id ... on Licence { market { scope } } } }', { id }),
    );
    expect(data).toEqual({ node: null });
    expect(errors?.[0]?.extensions).toMatchObject({ interface: 'market.licence' });
  });
});

describe('a file that all departments share', () => {
  it('is told with its place when it has errors', async () => {
    const broken = (root: string): void =>
      writeFileSync(join(root, 'schema/codes/county/townships.yaml'), 'county: {}\n');
    await expect(withRoot(broken, () => Promise.resolve())).rejects.toThrow(
      /^schema\/codes\/county\/townships\.yaml:\d+:\d+: error/,
    );
  });
});

test('a department that moves away and back is served again', async () => {
  await withRoot(
    (root) => {
      renameSync(join(root, DEPARTMENTS, 'culture'), join(root, DEPARTMENTS, 'away'));
      renameSync(join(root, DEPARTMENTS, 'away'), join(root, DEPARTMENTS, 'culture'));
    },
    async (county) => {
      expect(await missingIn(county)).toEqual(new Map());
      expect(county.county.problems).toEqual([]);
    },
  );
});
