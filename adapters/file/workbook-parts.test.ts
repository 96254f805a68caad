import { DropReader } from './testing/drop-reader.js';
import { inline, listWorkbookParts, sheetData, type WorkbookParts } from './testing/write-workbook.js';
import { writeZip, type ZipPart } from './testing/write-zip.js';

let reader: DropReader;
beforeAll(() => {
  reader = new DropReader();
});
afterAll(() => reader.close());

const DATE_STYLES =
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>';
const day = (serial: number): string => `<c s="1"><v>${serial}</v></c>`;
const sheetOf = (...cells: readonly string[]): string =>
  sheetData([[inline('id'), inline('v')], ...cells.map((cell, index) => [inline(`A${index}`), cell])]);

/** Values of the column `v`. */
async function valuesOf(parts: readonly ZipPart[]): Promise<unknown[]> {
  const { outcome, rows } = await reader.read('a.xlsx', writeZip(parts), { numbers: ['v'] });
  expect(outcome).toMatchObject({ kind: 'accepted' });
  return rows.map(({ v }) => v);
}

const partsOf = (workbook: WorkbookParts): ZipPart[] => listWorkbookParts(workbook);
const PLAIN = partsOf({ sheets: { S: sheetOf(inline('x')) } });

function changed(parts: readonly ZipPart[], change: (part: ZipPart) => Partial<ZipPart>): ZipPart[] {
  return parts.map((part) => ({ ...part, ...change(part) }));
}

describe('an element of a workbook', () => {
  const properties = '<workbookPr date1904="1"/>';
  const serial = 44741;

  it('is none where an extension has one of the same name: the calendar of 1904 stays', async () => {
    const extension =
      '<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>';
    const parts = partsOf({ sheets: { S: sheetOf(day(serial)) }, styles: DATE_STYLES, properties });
    const extended = changed(parts, ({ name, content }) =>
      name === 'xl/workbook.xml'
        ? { content: String(content).replace('</workbook>', `${extension}</workbook>`) }
        : {},
    );
    expect(await valuesOf(parts)).toEqual(['2026-06-30']);
    expect(await valuesOf(extended)).toEqual(['2026-06-30']);
  });

  it('is none without a prefix either, in the namespace of an extension', async () => {
    const extension =
      '<extLst><ext xmlns="urn:other"><workbookPr/><sheets><sheet name="T" r:id="s0"/></sheets></ext></extLst>';
    const parts = changed(
      partsOf({ sheets: { S: sheetOf(day(serial)) }, styles: DATE_STYLES, properties }),
      ({ name, content }) =>
        name === 'xl/workbook.xml'
          ? { content: String(content).replace('</workbook>', `${extension}</workbook>`) }
          : {},
    );
    expect(await valuesOf(parts)).toEqual(['2026-06-30']);
  });

  it('is a number format of cells only among those: not in a conditional format, nor in a named style', async () => {
    const dxfs = '<dxfs><dxf><numFmt numFmtId="164" formatCode="0.00"/></dxf></dxfs>';
    const named = '<cellStyleXfs><xf numFmtId="14"/><xf numFmtId="14"/><xf numFmtId="14"/></cellStyleXfs>';
    const styles = `${DATE_STYLES.replace('<cellXfs>', `${named}<cellXfs>`)}${dxfs}`;
    expect(
      await valuesOf(partsOf({ sheets: { S: sheetOf(day(46203), '<c s="0"><v>5</v></c>') }, styles })),
    ).toEqual(['2026-06-30', '5']);
  });

  it('is a cell, a row or a merge only at its place: extensions of a sheet hold formulas and values', async () => {
    const extension =
      '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormatting><x14:row/><x14:c><x14:v>9</x14:v></x14:c><x14:mergeCell ref="A1:B9"/></x14:conditionalFormatting></ext></extLst>';
    const validation =
      '<dataValidations><dataValidation><formula1>1</formula1></dataValidation></dataValidations>';
    const cell = '<c><f>1+1</f><v>2</v><extLst><ext><v>7</v></ext></extLst></c>';
    expect(await valuesOf(partsOf({ sheets: { S: `${sheetOf(cell)}${validation}${extension}` } }))).toEqual([
      '2',
    ]);
  });

  it('is a text without what tells its pronunciation, in place as well as shared', async () => {
    const runs =
      '<r><t>海</t></r><rPh sb="0" eb="1"><t>hǎi</t></rPh><r><t>晏_x000D_</t></r><phoneticPr fontId="1"/>';
    const parts = partsOf({
      sheets: { S: sheetOf('<c t="s"><v>0</v></c>', `<c t="inlineStr"><is>${runs}</is></c>`) },
      sharedStrings: `<si>${runs}</si>`,
    });
    expect(await valuesOf(parts)).toEqual(['海晏\r', '海晏\r']);
  });
});

describe('a part of a workbook', () => {
  it.each<[string, (part: ZipPart) => Partial<ZipPart>]>([
    ['backslashes in its name', ({ name }) => ({ name: name.replaceAll('/', '\\') })],
    ['capitals in its name', ({ name }) => ({ name: name.toUpperCase() })],
    [
      'backslashes in what refers to it',
      ({ name, content }) =>
        name.endsWith('.rels') ? { content: String(content).replaceAll(/(?<=Target="[^"]*)\//g, '\\') } : {},
    ],
    [
      'an encoded reference to it',
      ({ name, content }) =>
        name.endsWith('.rels') ? { content: String(content).replace('sheet1', '%73heet1') } : {},
    ],
    ['no compression', () => ({ isStored: true })],
    ['a size beyond what is unzipped at once', ({ content }) => ({ content: content + ' '.repeat(2 << 20) })],
    ['a mark in front', ({ content }) => ({ content: `\ufeff${content}` })],
    [
      'UTF-16',
      ({ content }) => ({
        content: Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${content}`, 'utf16le'),
      }),
    ],
    [
      'another charset that it declares',
      ({ content }) => ({ content: `<?xml version="1.0" encoding="GB2312"?>${content}` }),
    ],
  ])('may have %s', async (_, change) => {
    expect(await valuesOf(changed(PLAIN, change))).toEqual(['x']);
  });

  it.each([
    ['content.xml', 'not-xlsx@'],
    ['xl/workbook.bin', 'not-xlsx@'],
  ])('is no workbook of Excel: %s', async (name, fault) => {
    const parts = name.endsWith('.bin')
      ? changed(PLAIN, ({ content }) => ({
          content: String(content).replaceAll('workbook.xml', 'workbook.bin'),
        }))
      : [{ name, content: '<a/>' }];
    expect(await reader.faults('a.xlsx', writeZip(parts))).toEqual([fault]);
  });
});

describe('a cell', () => {
  it.each([
    ['a text where numbers stand', '<c t="inlineStr"><v>海晏</v></c>', '海晏'],
    ['a text in place without its type', '<c><is><t>海晏</t></is></c>', '海晏'],
    ['a calculated text in place', '<c t="str"><is><t>海晏</t></is></c>', '海晏'],
    ['a number between line ends', '<c><v>\n  12\n</v></c>', '12'],
    ['a truth in words', '<c t="b"><v>TRUE</v></c>', 'true'],
    ['a time of day', '<c t="d"><v>08:30:00</v></c>', '08:30:00'],
    ['a time without seconds', '<c t="d"><v>08:30</v></c>', '08:30:00'],
    ['a moment without seconds', '<c t="d"><v>2026-06-30T08:00</v></c>', '2026-06-30 08:00:00'],
    ['a moment of the county', '<c t="d"><v>2026-06-30T08:00:00+08:00</v></c>', '2026-06-30 08:00:00'],
    ['a moment elsewhere', '<c t="d"><v>2026-06-30T08:00:00+00:00</v></c>', '2026-06-30T08:00:00+00:00'],
    ['a moment that is none', '<c t="d"><v>昨天</v></c>', '昨天'],
  ])('may be %s', async (_, cell, value) => {
    expect(await valuesOf(partsOf({ sheets: { S: sheetOf(cell, inline('next')) } }))).toEqual([
      value,
      'next',
    ]);
  });
});
