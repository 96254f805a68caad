import { writeZip, type ZipPart } from './write-zip.js';

/** Just what a test is about; everything else is as plain as can be. */
export interface WorkbookParts {
  /** Content of `sheetData` and what follows it, by the sheet's name. */
  readonly sheets: Readonly<Record<string, string>>;
  /** Content of `sst`. */
  readonly sharedStrings?: string;
  /** Content of `styleSheet`. */
  readonly styles?: string;
  /** Attributes of the sheets, by name. */
  readonly sheetAttributes?: Readonly<Record<string, string>>;
  /** What stands before `sheets` in the workbook. */
  readonly properties?: string;
  /** Put in front of every sheet. */
  readonly prolog?: string;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** The parts of a workbook written by hand, for what no library writes. */
export function listWorkbookParts(workbook: WorkbookParts): ZipPart[] {
  const { sheets, sharedStrings, styles, sheetAttributes = {}, properties = '', prolog = '' } = workbook;
  const names = Object.keys(sheets);
  const relations = [
    ...names.map((_, index) => relation(`s${index}`, 'worksheet', `worksheets/sheet${index + 1}.xml`)),
    ...(sharedStrings === undefined ? [] : [relation('strings', 'sharedStrings', 'sharedStrings.xml')]),
    ...(styles === undefined ? [] : [relation('styles', 'styles', '/xl/styles.xml')]),
  ];
  const tabs = names.map(
    (name, index) =>
      `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index}" ${sheetAttributes[name] ?? ''}/>`,
  );
  return [
    part(
      '_rels/.rels',
      `<Relationships xmlns="${PACKAGE}">${relation('b', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${properties}<sheets>${tabs.join('')}</sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}">${relations.join('')}</Relationships>`,
    ),
    ...names.map((name, index) =>
      part(
        `xl/worksheets/sheet${index + 1}.xml`,
        `${prolog}<worksheet xmlns="${MAIN}">${sheets[name]}</worksheet>`,
      ),
    ),
    ...(sharedStrings === undefined
      ? []
      : [part('xl/sharedStrings.xml', `<sst xmlns="${MAIN}">${sharedStrings}</sst>`)]),
    ...(styles === undefined
      ? []
      : [part('xl/styles.xml', `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`)]),
  ];
}

export function writeWorkbook(workbook: WorkbookParts): Buffer {
  return writeZip(listWorkbookParts(workbook));
}

/** A sheet of rows from row 1 on, of cells such as `<c><v>1</v></c>`. */
export function sheetData(rows: readonly (readonly string[])[]): string {
  return `<sheetData>${rows.map((cells) => `<row>${cells.join('')}</row>`).join('')}</sheetData>`;
}

/** A cell with its text in place. */
export function inline(text: string): string {
  return `<c t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
}

function part(name: string, content: string): ZipPart {
  return { name, content };
}
