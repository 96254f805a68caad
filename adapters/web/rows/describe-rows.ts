import type { SourceShape } from '../../source-adapter.js';
import type { WebAnswer } from '../web-protocol.js';

/** The columns that rows were seen to have, in the order in which they were met. Without rows there are none. */
export function describeRows(object: string, { rows, rowsAt }: WebAnswer): SourceShape {
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  return {
    object,
    columns: [...names].map((name) => ({ name, type: 'text', nativeType: 'text', nullable: true })),
    indexes: [],
    ...(rowsAt !== undefined && { rowsAt }),
  };
}
