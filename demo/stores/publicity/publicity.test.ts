import { abnormalEntries, type ListEntry, seriousEntries } from '../../world/credit/list-entries.js';
import { generateWorld } from '../../world/generate-world.js';
import { annualReportsOf, equityChangesOf } from '../../world/publicity/public-profile.js';
import type { World } from '../../world/world.js';
import { type DecodedRow, decodedRows, refsOfSubject, tableRows, textOf } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { publicityStore } from './publicity.js';

const worlds = [1, 2, 3, 4, 5].map((seed) => generateWorld({ seed, size: 'tiny' }));

/** What the world says of one row: whose it is, its key, and its facts. */
interface Expected {
  readonly organisation: number;
  readonly key: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const reports = (world: World): readonly Expected[] =>
  world.organisations.flatMap((each) =>
    annualReportsOf(world.seed, world.today, each).map(({ number, ...facts }) => ({
      organisation: each.index,
      key: number,
      facts,
    })),
  );

const changes = (world: World): readonly Expected[] =>
  world.organisations.flatMap((each) =>
    equityChangesOf(world.seed, world.today, world.persons.length, each).map(
      ({ number, before, after, changedAt, publishedAt }) => ({
        organisation: each.index,
        key: number,
        facts: { shareBefore: `${before}.00`, shareAfter: `${after}.00`, changedAt, publishedAt },
      }),
    ),
  );

const entries = (list: Iterable<ListEntry>, end: string): readonly Expected[] =>
  [...list].map(({ number, subject, date, endsAt, reason }) => ({
    organisation: subject.index,
    key: number,
    facts: { entryNo: number, includedAt: date, includedFor: reason, [end]: endsAt },
  }));

const INTERFACES: readonly [file: string, key: string, expected: (world: World) => readonly Expected[]][] = [
  ['annual-report', 'ANCHEID', reports],
  ['equity-change', 'INVALTERID', changes],
  [
    'abnormal-entry',
    'LISTID',
    (world) => entries(abnormalEntries(world.seed, world.today, world.organisations), 'removedAt'),
  ],
  [
    'serious-entry',
    'LISTID',
    (world) => entries(seriousEntries(world.seed, world.today, world.organisations), 'endsAt'),
  ],
];

const rowsOf = (file: string): readonly DecodedRow[] =>
  worlds.flatMap((world) => decodedRows(publicityStore(world), `publicity/${file}.yaml`));

describe.each(INTERFACES)('publicity/%s.yaml', (file, key, expectedOf) => {
  it('gives every row exactly once, of its subject, as the world knows it, for five seeds', () => {
    let found = 0;
    for (const world of worlds) {
      const rows = decodedRows(publicityStore(world), `publicity/${file}.yaml`);
      const expected = expectedOf(world);
      expect(rows.map((row) => row.cells.get(key)).sort()).toEqual(expected.map((each) => each.key).sort());
      const byKey = new Map(rows.map((row) => [row.cells.get(key), row]));
      for (const { organisation, key: own, facts } of expected) {
        const row = byKey.get(own);
        if (row === undefined) throw new Error(`no row of ${own}`);
        expect(rowFacts(row, facts)).toEqual(facts);
        expect(refsOfSubject(world, { kind: 'organisation', index: organisation })).toContain(row.subject);
      }
      found += rows.length;
    }
    expect(found).toBeGreaterThan(5);
  });

  it('loses nothing: cells are read, or words that mean nothing', () => {
    const marks = new Set(rowsOf(file).flatMap(({ quality }) => quality));
    expect([...marks].filter((mark) => !mark.startsWith('NULL_WORD:'))).toEqual([]);
  });
});

describe('defects of the publicity store', () => {
  it.each<[string, string, (row: DecodedRow) => boolean]>([
    ['D2 codes in lower case', 'annual-report', (row) => /[a-z]/.test(textOf(row, 'UNISCID'))],
    ['D2 codes in full width', 'annual-report', (row) => /[０-９]/.test(textOf(row, 'UNISCID'))],
    ['D4 nothing as \\N', 'abnormal-entry', (row) => textOf(row, 'REMDATE') === '\\N'],
    ['a figure that is kept back', 'annual-report', (row) => textOf(row, 'ASSGRO') === '企业选择不公示'],
    ['D17 万元 with its unit', 'annual-report', (row) => textOf(row, 'VENDINC').endsWith('万元')],
    [
      'D16 state in other words',
      'annual-report',
      (row) => ['存续', '停业'].includes(textOf(row, 'BUSST_CN')),
    ],
    ['a share as a ratio', 'equity-change', (row) => /^[01]\.\d\d$/.test(textOf(row, 'TRANSAMPR'))],
    ['a share as percent', 'equity-change', (row) => textOf(row, 'TRANSAMPR').endsWith('%')],
    ['by its PRIPID alone', 'abnormal-entry', (row) => row.subject?.startsWith('pripid:') === true],
  ])('%s', (_name, file, claim) => {
    expect(rowsOf(file).filter(claim).length).toBeGreaterThan(0);
  });

  it('hides reports that were replaced and entries that were taken back', () => {
    for (const [file, table] of [
      ['annual-report', 'pub_an_baseinfo'],
      ['abnormal-entry', 'pub_opanomaly'],
    ] as const) {
      const all = worlds.flatMap((world) => tableRows(publicityStore(world), table));
      expect(all.length).toBeGreaterThan(rowsOf(file).length + 5);
    }
  });

  it('fits its columns', () => {
    for (const world of worlds) expect(cellsTooLong(publicityStore(world))).toEqual([]);
  });
});
