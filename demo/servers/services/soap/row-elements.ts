import type { StoredRow } from '../../store-file.js';
import { escapeXml } from './soap-envelope.js';

/** One element per row and cell. Empty cells are empty elements, and NULL leaves the element out. */
export function rowElements(rows: readonly StoredRow[], name: string): string {
  const write = ([column, cell]: readonly [string, string | number | null]): string => {
    if (cell === null) return '';
    return cell === '' ? `<${column}/>` : `<${column}>${escapeXml(String(cell))}</${column}>`;
  };
  return rows.map((row) => `<${name}>${Object.entries(row).map(write).join('')}</${name}>`).join('');
}
