import Database from 'better-sqlite3';
import { parse } from 'graphql';
import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { formatProblem } from '../../../runtime/yaml/problem.js';
import type { DepartmentFiles } from '../department.js';
import { parseMapping } from '../mapping/parse-mapping.js';
import { testCodecEnvironment } from '../testing/codec-environment.js';
import { openSmallDepartment, testContext, withSqlite } from '../testing/small-department.js';
import { draftMapping } from './draft/draft-mapping.js';
import { enumsOf, lintDepartment } from './lint.js';
import { probeInterface } from './probe.js';

const MAPPING = `interface: harbour.inspection
title: 检查
owner: { department: harbour }
feeds: Inspection
source: { connection: harbour, table: checks }
key: [id]
subject:
  - { scheme: uscc, column: uscc }
fields:
  department: { value: MARINE }
  date: { column: day, type: Date, format: yyyyMMdd, sorts: asText }
  result: { column: result, type: Code, codes: market/check-result }
  pier: { classification: L1, column: pier }
catalogue: { share: UNCONDITIONAL, basis: 政务数据共享条例 }
watermark: { column: changed, format: 'yyyy-MM-dd HH:mm:ss', every: 1d, warn: 26h, fail: 72h }
`;

const SDL = `
type Inspection @key(fields: "id") { id: ID! harbour: HarbourInspection }
type HarbourInspection { pier: String items: [HarbourItem!] }
type HarbourItem { pier: String }
`;

const TABLE = `create table checks (id text, uscc text, day text, result text, pier text, changed text);
insert into checks values ('1', '91330922MA28K00156', '20260601', '1', '北一', '2026-06-30 06:00:00');`;

function lint(mapping: string, mostMs = 60_000): readonly string[] {
  const parsed = parseMapping(mapping, 'subgraphs/harbour/inspection.yaml');
  const department: DepartmentFiles = {
    name: 'harbour',
    sdl: SDL,
    document: parse(SDL),
    mappings: parsed.kind === 'mapping' ? [parsed.mapping] : [],
    broken: [],
    sdlProblems: [],
    problems: parsed.kind === 'problems' ? parsed.problems : [],
  };
  const { codeLists } = testCodecEnvironment();
  const enums = enumsOf(
    parse('enum Department { MARINE UNKNOWN } enum InspectionResult { NO_ISSUE UNKNOWN }'),
  );
  const real = new Map([
    ...enums,
    [
      'InspectionResult',
      [...new Set(codeLists.get('market/check-result')?.codes.map(({ value }) => value)), 'UNKNOWN'],
    ],
  ]);
  return lintDepartment(department, {
    codeLists,
    faultyLists: new Map(),
    enums: real,
    connections: new Map([['harbour', 'sqlite']]),
    mostMs,
  }).map(formatProblem);
}

async function probe(mapping: string, adapter: SourceAdapter): Promise<readonly string[]> {
  const [served] = openSmallDepartment([mapping], new Map([['harbour', adapter]])).served;
  if (served === undefined) throw new Error('nothing to probe');
  const { problems } = await probeInterface(served, testContext());
  return problems.map(
    (problem) => `${problem.rule} ${problem.place.line}:${problem.place.column} ${problem.en}`,
  );
}

describe('lintDepartment()', () => {
  it('finds nothing in a sound mapping', () => {
    expect(lint(MAPPING)).toEqual([]);
  });

  it.each([
    ['a facet’s field without a level', ['classification: L1, ', ''], /:13:3: error no-level/],
    ['a secret field', ['classification: L1', 'classification: L4'], /:13:3: error secret-field.*L4/],
    [
      'a level of a field of the kind',
      ['date: { column: day', 'date: { classification: L1, column: day'],
      /:11:3: error level-of-kind.*Inspection.*L1/,
    ],
    ['no entry in the catalogue', [/catalogue: .*\n/, ''], /:1:12: error no-catalogue/],
    [
      'conditions of what is shared without any',
      ['UNCONDITIONAL,', 'UNCONDITIONAL, conditions: 办案,'],
      /:14:12: error catalogue-conditions/,
    ],
    ['no conditions where there are some', ['UNCONDITIONAL', 'CONDITIONAL'], /error catalogue-conditions/],
    ['nothing that tells how often it is updated', [/watermark: .*\n/, ''], /error catalogue-updates/],
    [
      'a withheld column that is read',
      ['条例 }', '条例, withheld: [{ columns: [result], level: L4, basis: 保守国家秘密法, reason: 涉密 }] }'],
      /:14:\d+: error withheld-column.*"result"/,
    ],
  ] as const)('refuses %s', (_what, [found, put], message) => {
    expect(lint(MAPPING)).toEqual([]);
    const problems = lint(MAPPING.replace(found, put));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
  });

  it('accepts withheld columns that nobody reads', () => {
    const withheld = MAPPING.replace(
      '条例 }',
      '条例, withheld: [{ columns: [phone], level: L3, basis: 个人信息保护法, reason: 电话 }] }',
    );
    expect(lint(withheld)).toEqual([]);
  });

  it('warns of a time limit beyond what any caller may wait, at its place', () => {
    expect(lint(`${MAPPING}limits: { timeout: 60s }\n`)).toEqual([]);
    const [warning, ...others] = lint(`${MAPPING}limits: { retries: 0, timeout: 15s }\n`, 10_000);
    expect(warning).toMatch(/:16:32: warning timeout-unreachable.*15 秒.*10 秒.*MISSING/s);
    expect(others).toEqual([]);
  });

  it.each([
    ['pier: {', 'peer: {', ':13:3: error unknown-field', 'did you mean "pier"?'],
    [
      'codes: market/check-result',
      'codes: market/check-results',
      ':12:3: error unknown-codes',
      'did you mean "market/check-result"?',
    ],
    [
      'feeds: Inspection',
      'feeds: Inspection\nfacet: Inspection.harbour.items',
      ':1:12: error misplaced-key',
      'needs both "of" and "by"',
    ],
    [
      'feeds: Inspection',
      'feeds: Inspection\nmatch: { number: pier }',
      ':1:12: error unknown-match',
      'must @requires the same number',
    ],
    [
      'feeds: Inspection',
      'feeds: Inspection\nby: [id]',
      ':1:12: error misplaced-key',
      'no other facet has "by"',
    ],
    [
      'feeds: Inspection',
      'feeds: Inspection\nfacet: Inspection.harbour.items\nof: harbour.checks\nby: [id]',
      ':1:12: error unknown-of',
      'and the facet Inspection.harbour',
    ],
    [
      'connection: harbour',
      'connection: harbor',
      ':5:9: error unknown-connection',
      'did you mean "harbour"?',
    ],
    [
      'table: checks',
      'http: { path: /checks, rows: list }',
      ':5:9: error wrong-connection',
      'needs a connection of dialect rest, if1, if2, but "harbour" is sqlite',
    ],
    [
      'table: checks',
      'http: { path: /checks, rows: list, needs: [id], pages: { style: page, param: p, sizeParam: p, size: 9 } }',
      ':5:9: error unknown-param',
      'given by two of fixed, ask and pages',
    ],
    [
      'table: checks',
      "soap: { path: /s, namespace: n, operation: q, body: '<x>{nobody}</x>', rows: list }",
      ':5:9: error unknown-placeholder',
      '{nobody}',
    ],
    ['column: pier }', 'column: pier, unitColumn: uscc }', ':13:3: error misplaced-key', 'Decimal'],
    ['column: pier }', 'column: pier, perDegree: 1 }', ':13:3: error misplaced-key', 'Longitude'],
    ['column: pier }', "column: pier, type: Integer, pattern: '^A' }", ':13:3: error misplaced-key', 'Text'],
    ['column: uscc }', 'column: uscc, split: "、" }', ':8:5: error misplaced-key', 'facet of Subject'],
    ['column: pier }', 'column: pier, pair: pier }', ':13:3: error misplaced-key', 'Uscc'],
    [
      'column: pier }',
      'column: pier, clock: { column: pier, words: { U: UTC } } }',
      ':13:3: error misplaced-key',
      'several clocks',
    ],
    ['column: pier }', 'column: pier, type: Integer, redact: true }', ':13:3: error misplaced-key', 'Text'],
    ['column: uscc }', 'column: uscc, colour: { column: pier } }', ':8:5: error misplaced-key', 'plate'],
    ['  department: { value: MARINE }\n', '', ': error required-field', '"department"'],
    [
      'value: MARINE',
      'value: MARYNE',
      ':10:3: error unknown-value',
      '"MARYNE" must be a value of Department',
    ],
    [', sorts: asText', '', ':11:3: error unsorted', 'say how the column sorts'],
    ['format: yyyyMMdd, ', 'format: any, ', ':11:3: error unsorted', 'needs a fixed format'],
    [
      'type: Date, format: yyyyMMdd, sorts: asText',
      'type: Text',
      ':11:3: error wrong-type',
      'must be Date, but is Text',
    ],
  ])('reports %s → %s', (from, to, place, words) => {
    const problems = lint(MAPPING.replace(from, to));
    expect(problems.join('\n')).toContain(place);
    expect(problems.join('\n')).toContain(words);
  });
});

describe('probeInterface()', () => {
  it('names file, line and column of a mapping to a missing column, and the nearest one', () =>
    withSqlite(TABLE, async (adapter) => {
      const problems = await probe(MAPPING.replace('column: pier', 'column: peir'), adapter);
      expect(problems).toEqual([
        'column-missing 13:3 checks must have a column "peir", but has not; did you mean "pier"?',
      ]);
    }));

  it('reports a key that is not unique, an unknown code, a stale watermark and a missing index', () =>
    withSqlite(
      `${TABLE} insert into checks values ('1', null, '20260602', 'Q', '北二', '2026-06-20 06:00:00'); delete from checks where pier = '北一'; insert into checks select * from checks;
        with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
        insert into checks select 'n' || i, null, '20260602', '1', '北二', '2026-06-20 06:00:00' from n;`,
      async (adapter) => {
        const rules = (await probe(MAPPING, adapter)).map((problem) => problem.split(' ')[0]);
        expect(rules.sort()).toEqual(['code-unknown', 'index-missing', 'key-not-unique', 'watermark-stale']);
      },
    ));

  it('advises no index for a table that is small, nor for a view', () =>
    withSqlite(
      `${TABLE} create table large (id text, uscc text, day text, result text, pier text, changed text);
       with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
       insert into large select 'n' || i, null, '20260602', '1', '北二', '2026-06-30 06:00:00' from n;
       create view seen as select * from large;`,
      async (adapter) => {
        expect(await probe(MAPPING, adapter)).toEqual([]);
        expect(await probe(MAPPING.replace('table: checks', 'table: seen'), adapter)).toEqual([]);
        expect(await probe(MAPPING.replace('table: checks', 'table: large'), adapter)).toEqual([
          'index-missing 11:3 At the source, ordering by "date" needs CREATE INDEX "large_day_id_idx" ON "large" ("day", "id");',
        ]);
      },
    ));

  it.each([
    [
      'all are of one format',
      "printf('2026-%02d-%02d', 1 + n % 6, 1 + n % 28)",
      'All 150 cells that were looked at are yyyy-MM-dd: write format: yyyy-MM-dd, sorts: asText.',
    ],
    [
      'some are not',
      "case n % 3 when 0 then '2026年6月1日' else printf('202606%02d', 1 + n % 28) end",
      '100 of 150 cells that were looked at are yyyyMMdd (others are like "2026年6月1日"): once all are, write format: yyyyMMdd, sorts: asText.',
    ],
    [
      'none is of any',
      "'2026-6-' || (1 + n % 9)",
      'Written in one format such as yyyy-MM-dd, it could say format: yyyy-MM-dd, sorts: asText.',
    ],
  ])(
    'warns of dates by which the source cannot sort, with what every page costs, when %s',
    (_, day, advice) =>
      withSqlite(
        `create table checks (id integer primary key, uscc text, day text, result text, pier text, changed text);
       with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 150)
       insert into checks select n, null, ${day}, '1', null, '2026-06-30 06:00:00' from numbers;`,
        async (adapter) => {
          const found = await probe(
            MAPPING.replace('format: yyyyMMdd, sorts: asText', 'format: any'),
            adapter,
          );
          expect(found).toEqual([
            `unsortable-date 11:3 The source cannot sort by "date" (column day, format: any): every page reads all 150 rows. ${advice}`,
          ]);
        },
      ),
  );

  it.each([
    [
      'a date of another format',
      'format: yyyyMMdd, sorts: asText',
      'format: yyyy-MM-dd, sorts: asText',
      '11:3',
      'Date of "date" (column day), such as "20260601"',
    ],
    [
      'a text that is no number',
      'column: pier }',
      'column: pier, type: Decimal }',
      '13:3',
      'Decimal of "pier" (column pier), such as "北一88%"',
    ],
    [
      'an identifier of another scheme',
      'scheme: uscc, column: uscc',
      'scheme: plate, column: uscc',
      '8:5',
      'plate of "subject" (column uscc), such as "91330922MA28K00156"',
    ],
  ])('warns of %s in most cells, and says how many', (_, from, to, place, words) =>
    withSqlite(TABLE.replace('北一', '北一88%'), async (adapter) => {
      expect(await probe(MAPPING, adapter)).toEqual([]);
      expect(await probe(MAPPING.replace(from, to), adapter)).toEqual([
        `cells-unreadable ${place} 1 of 1 cells that were looked at cannot be read as the ${words}.`,
      ]);
    }),
  );

  it('warns of damaged text, and lets a few spoilt cells be', () =>
    withSqlite(
      `${TABLE} update checks set pier = '2019Äê»»Ö¤'; with recursive n(i) as (select 1 union all select i + 1 from n where i < 8)
        insert into checks select 'n' || i, null, '20260602', '1', '北二', '2026-06-30 06:00:00' from n;`,
      async (adapter, file) => {
        const [found, ...others] = await probe(MAPPING, adapter);
        expect(found).toBe(
          'cells-unreadable 13:3 1 of 9 cells that were looked at hold damaged text of "pier" (column pier), such as "2019Äê»»Ö¤".',
        );
        expect(others).toEqual([]);
        const database = new Database(file);
        database.exec(
          "insert into checks values ('m', null, '20260602', '1', '北二', '2026-06-30 06:00:00')",
        );
        database.close();
        expect(await probe(MAPPING, adapter)).toEqual([]);
      },
    ));

  it('says so when the table is not there', () =>
    withSqlite('create table other (a)', async (adapter) => {
      expect(await probe(MAPPING, adapter)).toEqual([
        expect.stringMatching(/^source-failed 1:12 Cannot read "?checks/),
      ]);
    }));
});

test('a watermark that is too old is told in days', () =>
  withSqlite(TABLE.replace('2026-06-30', '2026-05-01'), async (adapter) => {
    const stale = (await probe(MAPPING.replace('fail: 72h', 'fail: 21d'), adapter)).filter((problem) =>
      problem.startsWith('watermark-stale'),
    );
    expect(stale).toEqual([
      'watermark-stale 1:12 The newest row must be younger than 21 days, but is of 2026-05-01T06:00:00+08:00.',
    ]);
  }));

describe('draftMapping()', () => {
  it('drafts what lint then accepts but for what a person must decide', () =>
    withSqlite(`${TABLE} create unique index one on checks (id);`, async (adapter) => {
      const bounds = { signal: new AbortController().signal, timeoutMs: 5000, maxBytes: 1 << 20 };
      const draft = await draftMapping(
        adapter,
        {
          source: { connection: 'harbour', table: 'checks' },
          department: 'harbour',
          personKey: 'draft-key',
        },
        bounds,
      );
      const parsed = parseMapping(draft, 'draft.yaml');
      if (parsed.kind === 'problems') throw new Error(parsed.problems.map(formatProblem).join('\n'));
      expect(parsed.mapping.key).toEqual(['id']);
      expect(parsed.mapping.subject).toMatchObject([{ scheme: 'uscc', column: 'uscc' }]);
      expect(parsed.mapping.fields.get('day')).toMatchObject({
        type: 'Date',
        format: 'yyyyMMdd',
        sorts: 'asText',
      });
      expect(parsed.mapping.fields.get('changed')).toMatchObject({
        type: 'DateTime',
        format: 'yyyy-MM-dd HH:mm:ss',
      });
    }));
});

describe('lint of observe', () => {
  it.each([
    [
      'observe: { cells: { fields: { dat: 5% } } }\n',
      ['error observe-field:', 'dat is not; did you mean date?'],
    ],
    [
      'observe: { volume: { low: 90%, high: 80% } }\n',
      ['error observe-volume:', 'low must be less than high'],
    ],
  ])('of %j', (observe, said) => {
    const problems = lint(MAPPING + observe).filter((text) => text.includes('observe'));
    expect(problems).toHaveLength(1);
    for (const words of said) expect(problems[0]).toContain(words);
  });
});

describe('lint of ordered', () => {
  it.each([
    ['ordered: [[date, date]]\n', []],
    ['ordered: [[date, pier]]\n', ['error ordered-dates:', 'pier']],
    ['ordered: [[dat, date]]\n', ['error ordered-dates:', 'dat is none']],
  ])('of %j', (ordered, said) => {
    const problems = lint(MAPPING + ordered).filter((text) => text.includes('ordered'));
    expect(problems).toHaveLength(said.length === 0 ? 0 : 1);
    for (const words of said) expect(problems[0]).toContain(words);
  });
});

describe('lint of requires', () => {
  const WORKBOOK = MAPPING.replace(
    'table: checks',
    'http: { path: /checks, rows: data, ask: [{ param: d, column: day, by: from }] }',
  );

  it.each([
    ['requires: [date, subject, pier]\n', MAPPING, []],
    ['requires: [date]\n', WORKBOOK, []],
    ['requires: [dat]\n', MAPPING, ['error requires-unknown:', 'did you mean "date"']],
    ['requires: [department]\n', MAPPING, ['error requires-unknown:']],
    ['requires: [pier]\n', WORKBOOK, ['error requires-not-asked:']],
    ['requires: [date]\nsnapshot: { every: 5m }\n', MAPPING, ['error requires-snapshot:']],
  ])('of %j', (requires, mapping, said) => {
    const problems = lint(mapping + requires).filter((text) => text.includes('requires'));
    expect(problems).toHaveLength(said.length === 0 ? 0 : 1);
    for (const text of said) expect(problems[0]).toContain(text);
  });
});
