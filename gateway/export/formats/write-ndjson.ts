import { stringifyExact } from '../../../runtime/json/exact-json.js';
import type { WriteFile } from './file-writer.js';

/** Each row as one line of JSON, as GraphQL gives it; the last line, `{"$export": …}`, says how the export ended. */
export const writeNdjson: WriteFile = async function* (pages, { standing }) {
  for await (const rows of pages) {
    yield Buffer.from(rows.map((row) => `${stringifyExact(row)}\n`).join(''));
  }
  yield Buffer.from(`${JSON.stringify({ $export: standing() })}\n`);
};
