import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { ZipPart } from './write-zip.js';

interface Node {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Node[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
});
const tree = z.array(z.record(z.string(), z.unknown()));

/**
 * The cells of a workbook's sheet as another XML parser finds them. Texts and numbers only.
 *
 * @returns by row number from 1.
 */
export function readSheetIndependently(sheet: ZipPart, strings: ZipPart): Map<number, (string | null)[]> {
  const shared = find(parse(strings), 'si').map(textOf);
  const rows = new Map<number, (string | null)[]>();
  let number = 0;
  for (const row of find(parse(sheet), 'row')) {
    number = Number(row.attributes.get('r') ?? number + 1);
    const cells: (string | null)[] = [];
    for (const cell of row.children.filter(({ name }) => name === 'c')) {
      const letters = /^[A-Z]+/.exec(cell.attributes.get('r') ?? '')?.[0];
      const column = letters === undefined ? cells.length : columnOf(letters);
      while (cells.length < column) cells.push(null);
      cells.push(cellTextOf(cell, shared));
    }
    rows.set(number, cells);
  }
  return rows;
}

function cellTextOf(cell: Node, shared: readonly string[]): string | null {
  const [value] = cell.children.filter(({ name }) => name === 'v');
  switch (cell.attributes.get('t') ?? 'n') {
    case 'inlineStr':
      return cell.children.some(({ name }) => name === 'is') ? textOf(cell) : null;
    case 's':
      return value === undefined || value.text === '' ? null : (shared[Number(value.text)] ?? null);
    case 'str':
      return value?.text ?? null;
    case 'b':
      return value === undefined || value.text === '' ? null : String(/^(?:1|true)$/.test(value.text));
    default:
      return value === undefined || value.text === '' ? null : BigInt(value.text).toString();
  }
}

/** The texts of `t`, without pronunciations. */
function textOf(node: Node): string {
  if (node.name === 'rPh') return '';
  if (node.name === 't') return node.text;
  return node.children.map(textOf).join('');
}

function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + (letter.codePointAt(0) ?? 0) - 64, 0) - 1;
}

function find(nodes: readonly Node[], name: string): Node[] {
  return nodes.flatMap((node) => (node.name === name ? [node] : find(node.children, name)));
}

function parse({ content }: ZipPart): Node[] {
  return decodeNodes(parser.parse(Buffer.from(content).toString('utf8')));
}

function decodeNodes(found: unknown): Node[] {
  return tree.parse(found).flatMap((entry) => {
    const [name] = Object.keys(entry).filter((key) => key !== ':@');
    if (name === undefined || name === '#text') return [];
    const inner = tree.parse(entry[name]);
    const attributes = z.record(z.string(), z.string()).parse(entry[':@'] ?? {});
    const texts = inner.flatMap((each) => ('#text' in each ? [String(each['#text'])] : []));
    return [
      {
        name,
        attributes: new Map(Object.entries(attributes)),
        children: decodeNodes(inner),
        text: texts.join(''),
      },
    ];
  });
}
