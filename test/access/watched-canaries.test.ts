import { DropScene } from '../../adapters/file/testing/drop-scene.js';
import { type Bulletin, linesOf } from '../../county/corrections/bulletin.js';
import { bulletinPage, bulletinWorkbook } from '../../county/corrections/write-bulletin.js';
import { BatchTable, TABLE_MAPPING } from '../../county/observe/testing/batch-table.js';
import { openWatchedScene, type WatchedScene } from '../../county/observe/testing/watched-scene.js';
import { maskText } from '../../gateway/access/mask/mask-text.js';
import { createRequestBook, type RequestBook } from '../../gateway/observe/request-book.js';
import { systemClock } from '../../runtime/clock.js';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import { correctionOf, USUAL_WORKING_DAYS } from '../../subgraphs/hub/reference/correction.js';
import { createWorkingDays } from '../../subgraphs/values/dates/working-days.js';
import { readXlsx } from '../export/read-export.js';
import { type GuardedCounty, openGuardedCounty } from './open-guarded-county.js';
import { readPolicyOracle } from './policy-oracle.js';

/**
 * What is remembered, logged and told of interfaces and requests is shown to more people than rows are. No value that somebody may not
 * read stands in it: here each shape that is masked (domain PIPL-04), and texts of complaints.
 */
const CANARIES = [
  '33092219900101123X',
  '13857990009',
  '6222021207001234567',
  'wangxiaoming@example.cn',
  '浙L8K7Q2',
  '嵊泗县菜园镇海滨路一百二十七号',
  '欧阳慕容雪',
] as const;
const workingDays = createWorkingDays([]);

/** Canaries, whole, in a text. */
const found = (text: string, canaries: readonly string[] = CANARIES): readonly string[] =>
  canaries.filter((canary) => text.includes(canary));

it('has a canary of every shape that is masked in a way of its own', () => {
  expect(CANARIES.map(maskText)).toEqual([
    '330***********123X',
    '138****0009',
    '***************4567',
    'w***@example.cn',
    '浙L****',
    '嵊泗县菜园镇***',
    '欧****',
  ]);
});

describe('what is told of an interface', () => {
  /** All that anybody can be told of it: incidents, measurements, files, and the bulletin of corrections in both forms. */
  async function everythingTold({ observer, told, clock }: WatchedScene): Promise<string> {
    const incidents = await told();
    const rules = { workingDays, allowed: USUAL_WORKING_DAYS, asOf: clock.ms };
    const names = [...new Set(incidents.map((one) => one.interface))];
    const bulletin: Bulletin = {
      department: 'market',
      week: '2026-W27',
      from: '2026-06-29',
      to: '2026-07-05',
      titles: new Map(names.map((name) => [name, '检查'])),
      corrections: incidents.flatMap((one) => correctionOf(one, rules) ?? []),
    };
    const sheets = await readXlsx(await bulletinWorkbook(bulletin));
    expect(JSON.stringify(sheets)).toContain(linesOf(bulletin)[0]?.[4]);
    return JSON.stringify([
      incidents,
      names.map((name) => observer.watch.health(name)),
      bulletinPage(bulletin),
      sheets,
    ]);
  }

  it('holds no cell, whatever is wrong with it', async () => {
    const clock = new HandClock();
    const table = new BatchTable(clock, workingDays.isWorkingDay);
    const scene = await openWatchedScene({
      mappings: [TABLE_MAPPING],
      adapters: new Map([['market', table.adapter]]),
      clock,
      onTurn: () => table.turn(),
    });
    try {
      await scene.live(3600, 60);
      const cell = `CASE rowid % ${CANARIES.length} ${CANARIES.map((text, at) => `WHEN ${at} THEN '${text}'`).join(' ')} END`;
      table.exec(
        `UPDATE checks SET id = ${cell}, uscc = ${cell}, day = ${cell}, result = ${cell}, pier = ${cell}`,
      );
      await scene.live(3 * 3600, 60);
      expect(await scene.open()).toEqual(
        expect.arrayContaining(['CELLS_UNREADABLE', 'CODES_UNKNOWN', 'SUBJECTS_UNRESOLVED', 'KEYS_FAULTY']),
      );
      expect(found(await everythingTold(scene))).toEqual([]);
    } finally {
      await scene.close();
      await table.close();
    }
  });

  it('holds no cell of a file that was refused, nor its name', async () => {
    const drops = new DropScene();
    const connection = drops.connect();
    const scene = await openWatchedScene({
      mappings: [
        `interface: culture.homestay
title: 民宿
owner: { department: culture }
facet: Subject.culture.homestays
source: { connection: drops, file: { match: 民宿台账* } }
key: [许可证号]
fields:
  name: { column: 民宿名称, classification: L3 }
limits: { retries: 0, breaker: false }
`,
      ],
      adapters: new Map([['drops', connection]]),
      clock: new HandClock(),
      drops: () => connection.states(),
    });
    const drop = async (name: string, lines: readonly string[], heading = '许可证号,民宿名称\n') => {
      drops.drop(name, `${heading}${lines.join('\n')}\n`);
      await connection.settle();
      await scene.live(300, 60);
    };
    const whole = CANARIES.map((text, at) => `X${at},${text}`);
    try {
      await drop('民宿台账1.csv', whole);
      const refused = [
        // Keys that stand twice, that are missing, lines with too many cells, and one that is no CSV.
        CANARIES.flatMap((text) => [`${text},甲`, `${text},乙`]),
        CANARIES.map((text) => `,${text}`),
        CANARIES.map((text, at) => `X${at},${text},${text},${text}`),
        CANARIES.map((text) => `"${text}`),
      ];
      // Somebody has deleted the headings: the first row of data stands in their place.
      const headless = CANARIES.flatMap((text) => [
        [`${text},${text}`, 'X1,甲'],
        [`X1,${text},乙,${text}`, 'X2,丙'],
      ]);
      for (const [at, lines] of [...refused, ...headless].entries()) {
        await drop(`民宿台账${at}-${CANARIES[6]}.csv`, lines, at < refused.length ? undefined : '');
        expect(await scene.open()).toContain('DROP_REJECTED');
        expect(scene.observer.watch.health('culture.homestay')?.drop?.rejected?.examples).not.toEqual([]);
        expect(found(await everythingTold(scene))).toEqual([]);
      }
    } finally {
      await scene.close();
      await drops.stop();
    }
  });
});

describe('what is remembered and logged of a request', () => {
  const PURPOSE = '许可-00225-001';
  const oracle = readPolicyOracle();
  let guarded: GuardedCounty;
  let book: RequestBook;
  beforeAll(async () => {
    book = createRequestBook(systemClock);
    guarded = await openGuardedCounty(5, { book });
  }, 120_000);
  afterAll(() => guarded?.close());

  const CASES = oracle.roles.flatMap((role) =>
    (oracle.asksPurpose(role) ? [true, false] : [false]).map((hasPurpose) => [role, hasPurpose] as const),
  );

  it.each(CASES)(
    'holds neither rows nor what was asked for: role %s, purpose named: %s',
    async (role, hasPurpose) => {
      const { world } = guarded.county;
      const texts = [
        ...[...world.complaints]
          .map(({ content }) => content.replace(/\d.*$/s, ''))
          .filter((text) => text.length > 12),
        ...[...world.officers].map(({ name }) => name).filter((name) => name.length > 2),
      ];
      const token = await guarded.token({
        role,
        purposes: [PURPOSE],
        ...(role === 'township-analyst' && { townships: ['330922100', '330922101'] }),
        ...(role === 'department-engineer' && { departments: ['hotline', 'market'] }),
      });
      const asked = [
        '{ complaints(first: 50) { nodes { id content targetName } } }',
        '{ inspections(first: 50) { nodes { id officers rawResult subject { name } } } }',
        `{ inspections(where: { officer: ${JSON.stringify(CANARIES)} }) { totalCount } }`,
        'query ($text: String) { complaints(where: { contentContains: $text }) { totalCount } }',
        // It fails, and says why.
        `{ node(id: ${JSON.stringify(CANARIES[0])}) { id } nobody(name: ${JSON.stringify(CANARIES[6])}) }`,
      ];
      let seen = 0;
      for (const [at, query] of asked.entries()) {
        const id = `canary-${role}-${hasPurpose}-${at}`;
        const headers = {
          'x-request-id': id,
          ...(hasPurpose && { 'x-purpose': encodeURIComponent(PURPOSE) }),
        };
        const { text } = await guarded.ask(token, query, { variables: { text: CANARIES[5] }, headers });
        seen += found(text, texts).length;
        const report = book.find(id, () => true);
        expect([id, report?.role]).toEqual([id, role]);
        expect(found(JSON.stringify(report), [...CANARIES, ...texts])).toEqual([]);
      }
      // Who may read them has read them.
      if (role === 'analyst' && hasPurpose) expect(seen).toBeGreaterThan(10);
      expect(found(guarded.logged(), [...CANARIES, ...texts])).toEqual([]);
      expect(found(guarded.audited(), CANARIES)).toEqual([]);
    },
  );
});
