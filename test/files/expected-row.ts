import type { FieldValue } from '../../subgraphs/kinds/field-value.js';
import { isPermitLost, type TrueRow } from './true-table.js';

/** What the graph must say of a row: its key and subject, and values by field. */
export function expectedRow(row: TrueRow): ReadonlyMap<string, FieldValue> {
  const { id, uscc, at, permit, ...fields } = row;
  return new Map<string, FieldValue>([
    ['key', id],
    ['subject', uscc === null ? null : `uscc:${uscc}`],
    ['permit', isPermitLost(row) ? null : permit],
    ['at', at === null ? null : `${at.replace(' ', 'T')}+08:00`],
    ...Object.entries(fields),
  ]);
}
