import type { SqlParam, Statement } from '../sql-fragment.js';

/** The statement and its parameters, one to a line, for people. */
export function explainStatement({ text, params }: Statement): string {
  const lines = params.map((value, index) => `-- ${index + 1}: ${describeParam(value)}`);
  return [`${text};`, ...lines].join('\n');
}

function describeParam(value: SqlParam): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}
