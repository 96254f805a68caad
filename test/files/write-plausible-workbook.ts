import { writeZip, type ZipPart } from '../../adapters/file/testing/write-zip.js';
import type { Draw } from './draw.js';
import type { SpeltCell } from './spell-cell.js';

/** A row of a sheet as it stands in the file; null where nothing is. */
export interface SheetRow {
  /** Counted from 1. */
  readonly row: number;
  readonly cells: readonly (SpeltCell | null)[];
}

export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
  /** Such as `A1:B2`. */
  readonly merges: readonly string[];
  readonly isHidden?: true;
  /** The table object that covers the sheet's rows, with a row of totals. */
  readonly table?: string;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const STRICT = [
  'http://purl.oclc.org/ooxml/spreadsheetml/main',
  'http://purl.oclc.org/ooxml/officeDocument/relationships',
] as const;

/** What the programs differ in. */
interface Program {
  readonly texts: 'shared' | 'inline' | 'value';
  readonly hasAddresses: boolean;
  readonly hasExtensions: boolean;
  readonly prefix: '' | 'x';
  readonly isStrict: boolean;
  readonly separator: '/' | '\\';
  readonly is1904: boolean;
  readonly hasMoments: boolean;
}

/** Excel, WPS, openpyxl, POI, PHPExcel, and whatever else writes workbooks. */
export function drawProgram(draw: Draw): Program {
  return {
    texts: draw.pick(['shared', 'shared', 'inline', 'value']),
    hasAddresses: draw.chance(0.85),
    hasExtensions: draw.chance(0.5),
    prefix: draw.chance(0.1) ? 'x' : '',
    isStrict: draw.chance(0.05),
    separator: draw.chance(0.05) ? '\\' : '/',
    is1904: draw.chance(0.15),
    hasMoments: draw.chance(0.1),
  };
}

export function writePlausibleWorkbook(sheets: readonly Sheet[], program: Program, draw: Draw): Buffer {
  return writeZip(new WorkbookWriter(program, draw).write(sheets));
}

class WorkbookWriter {
  readonly #program: Program;
  readonly #draw: Draw;
  readonly #texts: string[] = [];
  readonly #formats: (string | number)[] = [0];

  constructor(program: Program, draw: Draw) {
    this.#program = program;
    this.#draw = draw;
  }

  write(sheets: readonly Sheet[]): readonly ZipPart[] {
    const bodies = sheets.map((sheet) => this.#sheet(sheet));
    const relations = sheets.map((_, index) =>
      relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`),
    );
    relations.push(relation('rIdS', 'styles', 'styles.xml'));
    if (this.#texts.length > 0) relations.push(relation('rIdT', 'sharedStrings', '/xl/sharedStrings.xml'));
    const parts: ZipPart[] = [
      part(
        '[Content_Types].xml',
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
      ),
      part('_rels/.rels', relationsXml([relation('rId1', 'officeDocument', 'xl/workbook.xml')])),
      part('xl/workbook.xml', this.#workbook(sheets)),
      part('xl/_rels/workbook.xml.rels', relationsXml(relations)),
      ...bodies.map((body, index) => part(`xl/worksheets/sheet${index + 1}.xml`, body)),
      part('xl/styles.xml', this.#styles()),
      ...(this.#texts.length > 0
        ? [part('xl/sharedStrings.xml', this.#root('sst', this.#texts.join('')))]
        : []),
      ...sheets.flatMap((sheet, index) => tableParts(sheet, index)),
    ];
    return parts.map(({ name, content }) => ({
      name: name.replaceAll('/', this.#program.separator),
      content: this.#program.isStrict ? toStrict(String(content)) : content,
    }));
  }

  #root(name: string, content: string, attributes = ''): string {
    const { prefix } = this.#program;
    const body = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${name} xmlns="${MAIN}" xmlns:r="${RELATIONS}"${attributes}>${content}</${name}>`;
    if (prefix === '') return body;
    // Extensions have prefixes already.
    return body
      .replace('xmlns=', `xmlns:${prefix}=`)
      .replaceAll(/<(\/?)(?=[A-Za-z]+[\s/>])/g, `<$1${prefix}:`);
  }

  #workbook(sheets: readonly Sheet[]): string {
    const { is1904, hasExtensions } = this.#program;
    const properties = is1904
      ? `<workbookPr date1904="${this.#draw.pick(['1', 'true'])}"/>`
      : '<workbookPr/>';
    const tabs = sheets.map(
      ({ name, isHidden }, index) =>
        `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${isHidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
    );
    const extension = hasExtensions
      ? '<extLst><ext uri="{140A7094}" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>'
      : '';
    return this.#root('workbook', `${properties}<sheets>${tabs.join('')}</sheets>${extension}`);
  }

  #styles(): string {
    const codes = this.#formats.filter((format): format is string => typeof format === 'string');
    const idOf = (format: string | number): number =>
      typeof format === 'number' ? format : 164 + codes.indexOf(format);
    const formats = codes.map((code) => `<numFmt numFmtId="${idOf(code)}" formatCode="${escapeXml(code)}"/>`);
    const xfs = this.#formats.map((format) => `<xf numFmtId="${idOf(format)}" fontId="0" xfId="0"/>`);
    const dxf = this.#program.hasExtensions
      ? '<dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0.0&quot;x&quot;"/></dxf></dxfs>'
      : '';
    return this.#root(
      'styleSheet',
      `<numFmts>${formats.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs.join('')}</cellXfs><cellStyles><cellStyle name="常规" xfId="0"/></cellStyles>${dxf}`,
    );
  }

  #sheet({ rows, merges, table }: Sheet): string {
    const data = rows.map(({ row, cells }) => {
      const written = cells.map((cell, column) =>
        this.#cell(cell, this.#program.hasAddresses ? ` r="${lettersOf(column)}${row}"` : ''),
      );
      return `<row r="${row}" spans="1:${cells.length}">${written.join('')}</row>`;
    });
    const merged =
      merges.length === 0
        ? ''
        : `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
    const extension = this.#program.hasExtensions
      ? '<extLst><ext uri="{78C0D931}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings><x14:c><x14:v>1</x14:v></x14:c></x14:conditionalFormattings></ext></extLst>'
      : '';
    const tables =
      table === undefined ? '' : '<tableParts count="1"><tablePart r:id="rIdTable"/></tableParts>';
    return this.#root(
      'worksheet',
      `<cols><col min="1" max="3" width="12"/></cols><sheetData>${data.join('')}</sheetData>${merged}${tables}${extension}`,
    );
  }

  #cell(cell: SpeltCell | null, address: string): string {
    if (cell === null)
      return this.#program.hasAddresses && this.#draw.chance(0.5) ? '' : `<c${address} s="0"/>`;
    switch (cell.kind) {
      case 'text':
        return this.#text(cell.text, address);
      case 'truth':
        return `<c${address} t="b"><v>${cell.truth ? 1 : 0}</v></c>`;
      case 'moment':
        return `<c${address} t="d"><v>${cell.text}</v></c>`;
      case 'number': {
        const formula = cell.isFormula ? '<f>A1*1.1</f>' : '';
        return `<c${address} s="${this.#style(cell.format)}"${this.#draw.chance(0.2) ? ' t="n"' : ''}>${formula}<v>${cell.number}</v></c>`;
      }
    }
  }

  #style(format: string | number): number {
    const known = this.#formats.indexOf(format);
    return known >= 0 ? known : this.#formats.push(format) - 1;
  }

  #text(text: string, address: string): string {
    const content = escapeXml(text).replaceAll('\n', this.#draw.chance(0.3) ? '&#10;' : '\n');
    switch (this.#program.texts) {
      case 'value':
        return `<c${address} t="str"><f>"x"</f><v>${content}</v></c>`;
      case 'inline':
        return `<c${address} t="inlineStr"><is>${this.#runs(content)}</is></c>`;
      case 'shared':
        return `<c${address} t="s"><v>${this.#texts.push(`<si>${this.#runs(content)}</si>`) - 1}</v></c>`;
    }
  }

  /** Of one font, or of two, with a pronunciation. */
  #runs(content: string): string {
    const space = ' xml:space="preserve"';
    if (/[&\s]/.test(content) || content.length < 2 || this.#draw.chance(0.7))
      return `<t${space}>${content}</t>`;
    const [first = '', ...rest] = [...content];
    return `<r><rPr><b/></rPr><t${space}>${first}</t></r><r><t${space}>${rest.join('')}</t></r><rPh sb="0" eb="1"><t>pīn</t></rPh>`;
  }
}

function tableParts({ table }: Sheet, index: number): ZipPart[] {
  if (table === undefined) return [];
  return [
    part(
      `xl/worksheets/_rels/sheet${index + 1}.xml.rels`,
      relationsXml([relation('rIdTable', 'table', `../tables/table${index + 1}.xml`)]),
    ),
    part(
      `xl/tables/table${index + 1}.xml`,
      `<table xmlns="${MAIN}" id="1" name="表1" ref="${table}" totalsRowCount="1"/>`,
    ),
  ];
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
}

function relationsXml(relations: readonly string[]): string {
  return `<Relationships xmlns="${PACKAGE}">${relations.join('')}</Relationships>`;
}

function part(name: string, content: string): ZipPart {
  return { name, content };
}

function toStrict(content: string): string {
  return content.replaceAll(MAIN, STRICT[0]).replaceAll(RELATIONS, STRICT[1]);
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** `A`, `AA` of a column counted from 0. */
export function lettersOf(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : `${lettersOf(Math.floor(column / 26) - 1)}${lettersOf(column % 26)}`;
}
