import type { SourceValue } from '../../../adapters/source-value.js';

/** The text of one key cell; what `FeedRow.key` holds and adapters convert back to the column's type. */
export function keyText(cell: SourceValue): string {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell);
}

/** `market.inspection:T1:3309…`; `:` and `%` within a cell are percent-encoded. */
export function formatRowId(interfaceName: string, key: readonly string[]): string {
  return `${interfaceName}:${key.map(encodeCell).join(':')}`;
}

function encodeCell(cell: string): string {
  return cell.replaceAll('%', '%25').replaceAll(':', '%3A');
}

interface RowId {
  readonly interface: string;
  readonly key: readonly string[];
}

/** Null for a text that is no row id. */
export function parseRowId(id: string): RowId | null {
  const [name, ...cells] = id.split(':');
  if (name === undefined || name === '' || cells.length === 0) return null;
  return {
    interface: name,
    key: cells.map((cell) => cell.replaceAll('%3A', ':').replaceAll('%25', '%')),
  };
}
