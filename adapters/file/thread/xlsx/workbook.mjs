import { DropRefused } from '../drop-fault.mjs';
import { parseXml, relationIdOf } from './parse-xml.mjs';
import { readRelations } from './read-relations.mjs';

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
  // Workbooks of other programs are archives too.
  if (zip.has('content.xml') && !zip.has('_rels/.rels')) throw new DropRefused('not-xlsx');
  const root = [...(await readRelations(zip, '')).values()].find(({ type }) => type === 'officeDocument');
  if (root === undefined) throw new DropRefused('broken-xlsx', { value: 'there is no workbook in it' });
  if (root.part.endsWith('.bin')) throw new DropRefused('not-xlsx');
  const relations = await readRelations(zip, root.part);
  /** @type {{ name: string, part: string | null, isHidden: boolean }[]} */
  const sheets = [];
  let is1904 = false;
  await parseXml(zip, root.part, {
    open: (name, attributes, parent, namespaces) => {
      if (name === 'workbookPr' && parent === 'workbook') is1904 = isTrue(attributes.date1904);
      if (name !== 'sheet' || parent !== 'sheets') return;
      const target = relations.get(relationIdOf(attributes, namespaces) ?? '');
      sheets.push({
        name: attributes.name ?? '',
        part: target?.type === 'worksheet' ? target.part : null,
        isHidden: /^(?:hidden|veryHidden)$/.test(attributes.state ?? ''),
      });
    },
  });
  const partOf = (/** @type {string} */ type) =>
    [...relations.values()].find((each) => each.type === type)?.part ?? null;
  return { sheets, is1904, sharedStrings: partOf('sharedStrings'), styles: partOf('styles') };
}

/** @param {string | undefined} attribute */
function isTrue(attribute = '') {
  return /^(?:1|true|on)$/i.test(attribute);
}
