import type { DropFault } from '../thread/drop-fault.mjs';

/**
 * A fault as many may read of it who may not read the file. A row of headings in which some are missing may be a row of data, as where
 * somebody has deleted the headings: nothing of it is told but where it is. What the file says stands in its report.
 *
 * @param all faults of the file.
 */
export function withoutCells(fault: DropFault, all: readonly DropFault[]): DropFault {
  const { code, sheet, row } = fault;
  // It names what the mapping asks for.
  if (code === 'missing-heading') return fault;
  const isDoubtful = all.some(
    (one) => one.code === 'missing-heading' && one.sheet === sheet && one.row === row,
  );
  const isRowOfData = isDoubtful || code === 'title-heading';
  return isRowOfData ? { ...fault, column: null, value: null } : fault;
}
