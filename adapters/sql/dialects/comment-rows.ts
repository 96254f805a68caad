import type { TableComments } from '../dialect.js';

/** @param rows names of columns with their comments; the table's own under the name null. */
export function readComments(rows: readonly (readonly unknown[])[]): TableComments {
  const texts = rows.flatMap(([name, comment]) => {
    const text = typeof comment === 'string' ? comment.trim() : '';
    return text === '' ? [] : [{ name: name === null ? null : String(name), text }];
  });
  const table = texts.find(({ name }) => name === null)?.text;
  return {
    ...(table !== undefined && { table }),
    columns: new Map(texts.flatMap(({ name, text }) => (name === null ? [] : [[name, text] as const]))),
  };
}
