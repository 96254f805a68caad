import { posix } from 'node:path';
import { DropRefused } from '../drop-fault.mjs';
import { attributeOf, parseXml } from './parse-xml.mjs';

/** @typedef {import('./zip-package.mjs').ZipPackage} ZipPackage */

/**
 * @typedef {object} Workbook
 * @property {readonly { readonly name: string, readonly part: string | null, readonly isHidden: boolean }[]} sheets
 *   in the order of the tabs; `part` is null of charts and the like
 * @property {boolean} is1904 whether days are counted from 1904 instead of 1900
 * @property {string | null} sharedStrings
 * @property {string | null} styles
 */

/**
 * @param {ZipPackage} zip
 * @returns {Promise<Workbook>}
 */
export async function readWorkbook(zip) {
  const root = [...(await readRelations(zip, '')).values()].find(({ type }) => type === 'officeDocument');
  if (root === undefined) throw new DropRefused('broken-xlsx', { value: 'there is no workbook in it' });
  const relations = await readRelations(zip, root.part);
  /** @type {{ name: string, part: string | null, isHidden: boolean }[]} */
  const sheets = [];
  let is1904 = false;
  await parseXml(zip, root.part, {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributeOf(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const target = relations.get(attributeOf(attributes, 'id') ?? '');
      sheets.push({
        name: attributeOf(attributes, 'name') ?? '',
        part: target?.type === 'worksheet' ? target.part : null,
        isHidden: /^(?:hidden|veryHidden)$/.test(attributeOf(attributes, 'state') ?? ''),
      });
    },
  });
  const partOf = (/** @type {string} */ type) =>
    [...relations.values()].find((each) => each.type === type)?.part ?? null;
  return { sheets, is1904, sharedStrings: partOf('sharedStrings'), styles: partOf('styles') };
}

/**
 * What a part refers to, by id. `type` is the last word of the relation's URI, which is the same in both standards.
 *
 * @param {ZipPackage} zip
 * @param {string} part empty: the whole package
 */
async function readRelations(zip, part) {
  const folder = posix.dirname(part);
  /** @type {Map<string, { type: string, part: string }>} */
  const relations = new Map();
  await parseXml(zip, posix.join(folder, '_rels', `${posix.basename(part)}.rels`), {
    open: (name, attributes) => {
      // What lies outside of the file is never looked up.
      if (name !== 'Relationship' || attributeOf(attributes, 'TargetMode') === 'External') return;
      const target = posix.join('/', folder, attributeOf(attributes, 'Target') ?? '');
      const absolute = attributeOf(attributes, 'Target')?.startsWith('/')
        ? attributeOf(attributes, 'Target')
        : target;
      relations.set(attributeOf(attributes, 'Id') ?? '', {
        type: posix.basename(attributeOf(attributes, 'Type') ?? ''),
        part: posix.normalize(absolute ?? '').slice(1),
      });
    },
  });
  return relations;
}
