import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileConnection } from '../../adapters/file/open-file.js';
import { inline, sheetData, writeWorkbook } from '../../adapters/file/testing/write-workbook.js';
import { openSmallDepartment, testContext } from '../../subgraphs/engine/testing/small-department.js';
import type { FieldValue } from '../../subgraphs/kinds/field-value.js';

const U = '91330922MA28K00156';

const mapping = (fields: string, more = ''): string => `interface: culture.case
title: 案件
owner: { department: culture }
feeds: Case
source: { connection: culture, file: { match: "案件*" } }
key: [案号]
subject: [{ scheme: uscc, column: 代码 }, { scheme: vesselname, column: 船名 }, { scheme: person, column: 身份证 }]
fields:
  department: { value: CULTURE }
  caseCode: { column: 案号, type: DocumentNumber }
  stage: { value: CLOSED }
${fields}${more}
limits: { keysPerCall: 10, concurrent: 1, timeout: 3s }
`;

interface Answer {
  readonly rows: readonly (readonly FieldValue[])[];
  readonly subjects: readonly (string | null)[];
  readonly quality: readonly (readonly string[])[];
  /** Of all fines. */
  readonly sum: string | undefined;
}

/** What the feed says of one dropped file. */
async function answer(
  name: string,
  bytes: string | Uint8Array,
  text: string,
  fields: readonly string[],
): Promise<Answer> {
  const root = mkdtempSync(join(tmpdir(), 'eg-dropped-'));
  mkdirSync(join(root, 'drops'));
  writeFileSync(join(root, 'drops', name), bytes);
  const connection = openFileConnection(
    { dialect: 'files', folder: join(root, 'drops'), store: join(root, 'store') },
    { stableMs: 5, everyMs: 600_000 },
  );
  try {
    const { feed } = openSmallDepartment([text], new Map([['culture', connection]]));
    await connection.settle();
    const request = { kind: 'Case', where: { all: [] } } as const;
    const asked = { ...request, orderBy: [], reversed: false, limit: 100, fields };
    const [page] = await feed.page(asked, testContext());
    const measures = [{ field: 'fine' }];
    const [tally] = await feed.tally({ ...request, by: [], measures }, testContext());
    const rows = page?.data?.rows ?? [];
    return {
      rows: rows.map(({ values }) => values),
      subjects: rows.map(({ subject }) => subject),
      quality: rows.map(({ quality }) => quality),
      sum: tally?.data?.[0]?.measures[0]?.sum,
    };
  } finally {
    await connection.close();
    rmSync(root, { recursive: true, force: true });
  }
}

const FINE = '  fine: { column: 罚款, type: Decimal }\n';
const HEAD = '案号,代码,船名,身份证,罚款';

describe('a dropped table', () => {
  it.each([
    ['合计 in the column of the key', '合计,,,,300'],
    ['合计 beside an empty key', ',合计,,,300'],
    ['a remark', '注：以上数据截至6月30日,,,,'],
  ])('counts no row that is none of it: %s', async (_, line) => {
    const csv = `${HEAD}\r\nA1,${U},,,100\r\nA2,${U},,,200\r\n${line}\r\n`;
    const found = await answer('案件.csv', csv, mapping(FINE), ['caseCode', 'fine']);
    expect(found.rows).toEqual([
      ['A1', '100.00'],
      ['A2', '200.00'],
    ]);
    expect(found.sum).toBe('300.00');
  });

  it('is read without the rows that the mapping rules out, whatever is wrong with them', async () => {
    const csv = `${HEAD}\r\nA1,${U},,,100\r\n,${U},,,5\r\n草稿,${U},,,7\r\n草稿,${U},,,7\r\n`;
    const where = 'where: { 案号: { not: [草稿, null] } }';
    const found = await answer('案件.csv', csv, mapping(FINE, where), ['caseCode']);
    expect(found.rows).toEqual([['A1']]);
    expect(found.sum).toBe('100.00');
  });

  it('names subjects by what the formats of its cells show, and counts by what they store', async () => {
    const codes = ['"KZ"0000', '"浙嵊渔"00000', '"约"0"元"'];
    const styles = `<numFmts>${codes
      .map(
        (code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
      )
      .join(
        '',
      )}</numFmts><cellXfs>${codes.map((_, index) => `<xf numFmtId="${200 + index}"/>`).join('')}</cellXfs>`;
    const cell = (style: number, value: number): string => `<c s="${style}"><v>${value}</v></c>`;
    const rows = [HEAD.split(',').map(inline), [cell(0, 12), '<c/>', cell(1, 90007), '<c/>', cell(2, 300)]];
    const workbook = writeWorkbook({ sheets: { S: sheetData(rows) }, styles });
    const found = await answer('案件.xlsx', workbook, mapping(FINE), ['caseCode', 'fine']);
    expect(found).toEqual({
      rows: [['KZ0012', '300.00']],
      subjects: ['vesselname:浙嵊渔90007'],
      quality: [[]],
      sum: '300.00',
    });
  });

  it('names nobody by a number that lost its last digits, and marks the cell', async () => {
    const fields = `${FINE}  decisionNo: { column: 文号, type: DocumentNumber }\n  name: { column: 电话 }\n`;
    const head = `${HEAD},文号,电话`;
    const asked = ['decisionNo', 'name'];
    const csv = `${head}\r\nA1,,,3.30922E+17,1,3.30922E+17,1.38E+11\r\n`;
    const expected = {
      subjects: [null],
      quality: [
        expect.arrayContaining(['ID_IMPRECISE:decisionNo', 'NUMBER_IMPRECISE:name', 'ID_IMPRECISE:subject']),
      ],
    };
    expect(await answer('案件.csv', csv, mapping(fields), asked)).toMatchObject({
      ...expected,
      rows: [[null, '1.38E+11']],
    });
    const long = '<c><v>330922198001010009</v></c>';
    const rows = [head.split(',').map(inline), [inline('A1'), '<c/>', '<c/>', long, '<c/>', long, long]];
    const workbook = writeWorkbook({ sheets: { S: sheetData(rows) } });
    expect(await answer('案件.xlsx', workbook, mapping(fields), asked)).toMatchObject({
      ...expected,
      rows: [[null, '3.3092219800101E+17']],
    });
  });

  it('marks a moment that its field cannot read, and that cell alone', async () => {
    const fields = `${FINE}  filedAt: { column: 立案, type: Date, format: any }\n  decidedAt: { column: 决定, type: Date, format: yyyy-MM-dd }\n`;
    const moment = (text: string): string => `<c t="d"><v>${text}</v></c>`;
    const row = (id: string, filed: string, decided: string): string[] => [
      inline(id),
      inline(U),
      '<c/>',
      '<c/>',
      '<c/>',
      moment(filed),
      moment(decided),
    ];
    const rows = [
      [...HEAD.split(','), '立案', '决定'].map(inline),
      row('A1', '2026-06-30T08:00', '2026-06-30'),
      row('A2', '2026-06-30T23:00:00+00:00', '2026-06-30T08:00:00+09:00'),
      row('A3', '08:30:00', '2026-06-29T00:00:00'),
    ];
    const workbook = writeWorkbook({ sheets: { S: sheetData(rows) } });
    const found = await answer('案件.xlsx', workbook, mapping(fields), ['filedAt', 'decidedAt']);
    expect(found.rows).toEqual([
      ['2026-06-30', '2026-06-30'],
      ['2026-07-01', null],
      [null, '2026-06-29'],
    ]);
    expect(found.quality).toEqual([[], ['DATE_UNREADABLE:decidedAt'], ['DATE_UNREADABLE:filedAt']]);
  });
});
