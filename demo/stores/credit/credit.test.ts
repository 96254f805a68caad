import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRestConnection } from '../../../adapters/rest/open-rest.js';
import { bindAdapter } from '../../../subgraphs/engine/compile/bind-adapter.js';
import { buildDemo, readDemo } from '../../build-demo.js';
import { IF2_ACCESS_KEY, IF2_SECRET_KEY } from '../../servers/demo-credentials.js';
import { closeDemoServers, startDemoServers } from '../../servers/start-demo-servers.js';
import { repairsOf } from '../../world/credit/repairs.js';
import { generateWorld } from '../../world/generate-world.js';
import type { CreditRecord, World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { type DecodedRow, decodedRows, mappingOf, tableRows, textOf } from '../testing/decoded-rows.js';
import { creditFacts, rowFacts, sameNumbers } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { creditStore } from './credit.js';
import { creditGradeStore } from './grades.js';

const SEEDS = [1, 2, 3, 4, 5];
const worlds = SEEDS.map((seed) => generateWorld({ seed, size: 'tiny' }));

interface Interface {
  readonly file: string;
  readonly kinds: readonly CreditRecord['kind'][];
  readonly store: (world: World) => LegacyStore;
  /** Behind the server. */
  readonly table?: string;
}

const INTERFACES: readonly Interface[] = [
  { file: 'credit/penalty-publicity.yaml', kinds: ['PENALTY_PUBLICITY'], store: creditStore },
  { file: 'credit/licence-publicity.yaml', kinds: ['LICENCE_PUBLICITY'], store: creditStore },
  {
    file: 'credit/list-entry.yaml',
    kinds: ['ABNORMAL_LIST', 'SERIOUS_LIST', 'COURT_DISHONESTY'],
    store: creditStore,
  },
  { file: 'credit/grade.yaml', kinds: ['GRADE'], store: creditGradeStore, table: 'xy_ggxypj' },
];

const rowsOf = ({ file, store, table }: Interface) =>
  worlds.map((world) => decodedRows(store(world), file, table));
const decoded = new Map(INTERFACES.map((one) => [one.file, rowsOf(one)]));
const allRows = (file: string): readonly DecodedRow[] => (decoded.get(`credit/${file}.yaml`) ?? []).flat();

describe.each(INTERFACES)('$file after its mapping', ({ file, kinds }) => {
  it.each(SEEDS.map((seed, place) => [seed, place]))(
    'holds every record exactly once, as the world knows it, seed %i',
    (_, place) => {
      const world = itemAt(worlds, place);
      const rows = itemAt(decoded.get(file) ?? [], place);
      const records = [...world.creditRecords].filter(({ kind }) => kinds.includes(kind));
      expect(rows).toHaveLength(records.length);
      const byNumber = new Map(rows.map((row) => [row.values.get('number'), row]));
      for (const record of records) {
        const row = byNumber.get(record.number);
        if (row === undefined) throw new Error(`no row of ${record.number}`);
        const facts = creditFacts(world, record, row);
        expect(sameNumbers(rowFacts(row, facts))).toEqual(facts);
      }
    },
  );
});

describe('repairs', () => {
  it('hang below their penalties, as the world knows them', () => {
    for (const world of worlds) {
      const expected = [...world.creditRecords].flatMap((record) =>
        repairsOf(world.seed, world.today, record).map((repair) => [record.number, ...Object.values(repair)]),
      );
      const rows = decodedRows(creditStore(world), 'credit/repair.yaml');
      const found = rows.map(({ cells, values }) => [
        cells.get('cf_id'),
        ...['repairNo', 'appliedAt', 'decidedAt', 'outcome'].map((name) => values.get(name)),
      ]);
      expect(found).toEqual(expected);
      expect(expected.length).toBeGreaterThan(3);
    }
  });

  it('are granted where a record is repaired, and refused before in some cases', () => {
    for (const world of worlds) {
      for (const record of world.creditRecords) {
        const last = repairsOf(world.seed, world.today, record).at(-1);
        const isRepaired = record.kind === 'PENALTY_PUBLICITY' && record.status === 'REPAIRED';
        expect(last?.outcome === 'GRANTED').toBe(isRepaired);
        if (last !== undefined) expect(last.decidedAt <= world.today).toBe(true);
      }
    }
  });
});

describe('credit records of the world', () => {
  it('publish each published case once, never before its decision', () => {
    for (const world of worlds) {
      const records = [...world.creditRecords].filter(({ kind }) => kind === 'PENALTY_PUBLICITY');
      const published = [...world.cases].filter(({ publishedAt }) => publishedAt !== null);
      expect(records.map(({ source, date, decisionNo }) => [source, date, decisionNo])).toEqual(
        published.map(({ index, publishedAt, decisionNo }) => [index, publishedAt, decisionNo]),
      );
    }
    for (const { date, decidedAt } of worlds.flatMap((world) => [...world.creditRecords])) {
      expect(decidedAt === null || decidedAt <= date).toBe(true);
    }
  });

  it('know of repairs of which the case system never heard', () => {
    const unheard = worlds.flatMap((world) => {
      const cases = [...world.cases];
      return [...world.creditRecords].filter(
        ({ kind, status, source }) =>
          kind === 'PENALTY_PUBLICITY' &&
          status === 'REPAIRED' &&
          itemAt(cases, source ?? -1).publication === 'PUBLISHED',
      );
    });
    expect(unheard.length).toBeGreaterThan(3);
  });
});

describe('defects of the credit store', () => {
  it.each<[string, string, (row: DecodedRow) => boolean]>([
    ['D1 old number', 'list-entry', (row) => row.subject?.startsWith('regno:') === true],
    [
      'D2 D3 code as typed',
      'penalty-publicity',
      (row) => /[a-z０-９：()（]/.test(textOf(row, 'CF_XDR_SHXYM')),
    ],
    ['D7 masked code', 'penalty-publicity', (row) => textOf(row, 'CF_XDR_SHXYM').includes('*')],
    ['D8 Chinese date', 'licence-publicity', (row) => textOf(row, 'XK_JDRQ').includes('年')],
    ['D8 no end', 'penalty-publicity', (row) => /9999|2099|长期/.test(textOf(row, 'CF_YXQ'))],
    ['D11 blanks at an end', 'list-entry', (row) => /^\s|\s$/.test(textOf(row, 'inclu_reason'))],
    ['D16 status in words', 'penalty-publicity', (row) => /[一-龥]/.test(textOf(row, 'CF_ZT'))],
    ['D17 万元 with its unit', 'penalty-publicity', (row) => textOf(row, 'CF_NR_FK').endsWith('万元')],
    ['brackets of another kind', 'penalty-publicity', (row) => /[[【（(［]/.test(textOf(row, 'CF_WSH'))],
    ['a citizen', 'list-entry', (row) => row.subject?.startsWith('person:') === true],
    ['a court elsewhere', 'list-entry', (row) => /[(（]\d{4}[)）]豫0724执/.test(textOf(row, 'case_no'))],
    ['grade in words', 'grade', (row) => /[一-龥]/.test(textOf(row, 'cmnt_lvel'))],
    ['points in full width', 'grade', (row) => /[０-９]/.test(textOf(row, 'cmnt_score'))],
    ...(['VALID', 'REPAIRED', 'WITHDRAWN', 'EXPIRED'] as const).map(
      (status): [string, string, (row: DecodedRow) => boolean] => [
        `status ${status}`,
        'penalty-publicity',
        (row) => row.values.get('status') === status,
      ],
    ),
  ])('%s', (_name, file, claim) => {
    expect(allRows(file).filter(claim).length).toBeGreaterThan(0);
  });

  it('loses nothing: cells are read, or words that mean nothing', () => {
    const marks = INTERFACES.flatMap(({ file }) =>
      (decoded.get(file) ?? []).flat().flatMap(({ quality }) => quality),
    );
    expect([...new Set(marks)].filter((mark) => !mark.startsWith('NULL_WORD:'))).toEqual([]);
  });

  it('hides what was deleted, tried out or corrected', () => {
    const [world] = worlds;
    if (world === undefined) throw new Error('no world');
    for (const [file, table] of [
      ['penalty-publicity', 'xy_sgs_xzcf'],
      ['licence-publicity', 'xy_sgs_xzxk'],
      ['list-entry', 'xy_mdxx'],
    ] as const) {
      const store = creditStore(world);
      const seen = decodedRows(store, `credit/${file}.yaml`).length;
      expect(tableRows(store, table).length).toBeGreaterThan(seen + 1);
    }
  });

  it('fits its columns', () => {
    for (const world of worlds) {
      expect(cellsTooLong(creditStore(world))).toEqual([]);
      expect(cellsTooLong(creditGradeStore(world))).toEqual([]);
    }
  });
});

describe('the grades behind their gateway', () => {
  it('come by the codes that are asked for, as the table holds them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eg-grades-'));
    await buildDemo({ folder: join(folder, 'county'), seed: 1, size: 'tiny', stores: [creditGradeStore] });
    const servers = await startDemoServers(join(folder, 'county'), readDemo(join(folder, 'county')));
    const url = servers.get('credit-grade')?.url ?? '';
    const keys = { accessKey: IF2_ACCESS_KEY, secretKey: IF2_SECRET_KEY };
    const adapter = openRestConnection({ dialect: 'if2', url, ...keys });
    try {
      const mapping = mappingOf('credit/grade.yaml');
      const held = tableRows(creditGradeStore(itemAt(worlds, 0)), 'xy_ggxypj').slice(0, 5);
      const codes = held.map((row) => String(row.get('tyshxydm')));
      const columns = ['tyshxydm', 'cmnt_lvel', 'cmnt_dt'] as const;
      const where = { kind: 'in', column: 'tyshxydm', values: [...codes, '91330922MA00000000'] } as const;
      const request = { from: { name: mapping.interface }, columns, where, orderBy: [], limit: 100 };
      const bounds = { signal: new AbortController().signal, timeoutMs: 20_000, maxBytes: 1_000_000 };
      const rows = await bindAdapter(adapter, mapping).read(request, bounds);
      expect([...rows].map(String).sort()).toEqual(
        held.map((row) => columns.map((column) => row.get(column)).join(',')).sort(),
      );
    } finally {
      await adapter.close();
      await closeDemoServers(servers);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
