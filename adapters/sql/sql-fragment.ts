/** A parameter as a driver binds it; PostgreSQL also takes lists of texts as arrays. */
export type SqlParam = string | number | bigint | boolean | Uint8Array | null | readonly string[];

/** A piece of SQL whose values stand apart from its text: one more text than parameters. */
export interface Sql {
  readonly texts: readonly string[];
  readonly params: readonly SqlParam[];
}

export interface Statement {
  readonly text: string;
  readonly params: readonly SqlParam[];
}

/** SQL that the compiler wrote itself: keywords, quoted identifiers, never a value. */
export function raw(text: string): Sql {
  return { texts: [text], params: [] };
}

export function param(value: SqlParam): Sql {
  return { texts: ['', ''], params: [value] };
}

/** Template for SQL with nested pieces: `` sql`${column} = ${param(value)}` ``. */
export function sql(strings: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  const all: Sql[] = [];
  strings.forEach((text, index) => {
    all.push(raw(text));
    const piece = pieces[index];
    if (piece !== undefined) all.push(piece);
  });
  return concat(all);
}

export function join(pieces: readonly Sql[], separator: string): Sql {
  return concat(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [raw(separator), piece])));
}

/**
 * Joins with AND or OR as a balanced tree: SQLite refuses expressions deeper than 1000, and a flat chain of
 * n operands is n deep.
 */
export function joinBalanced(pieces: readonly Sql[], operator: 'AND' | 'OR'): Sql {
  const [first, second] = pieces;
  if (first === undefined) return operator === 'AND' ? TRUE : FALSE;
  if (second === undefined) return first;
  if (pieces.length <= 8) return sql`(${join(pieces, ` ${operator} `)})`;
  const middle = pieces.length >> 1;
  const left = joinBalanced(pieces.slice(0, middle), operator);
  const right = joinBalanced(pieces.slice(middle), operator);
  return sql`(${left} ${raw(operator)} ${right})`;
}

export const TRUE: Sql = raw('(1 = 1)');
export const FALSE: Sql = raw('(1 = 0)');

/** The text with a placeholder for each parameter, in order from 1. */
export function render(piece: Sql, placeholder: (position: number) => string): Statement {
  const [head = '', ...rest] = piece.texts;
  const text = rest.reduce((sofar, next, index) => sofar + placeholder(index + 1) + next, head);
  return { text, params: piece.params };
}

function concat(pieces: readonly Sql[]): Sql {
  const texts: string[] = [''];
  const params: SqlParam[] = [];
  for (const piece of pieces) {
    const [head = '', ...rest] = piece.texts;
    texts[texts.length - 1] += head;
    texts.push(...rest);
    params.push(...piece.params);
  }
  return { texts, params };
}
