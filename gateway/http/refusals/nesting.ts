/** Deeper than any query: fields are limited to 20 levels, and each may have some levels of arguments. */
export const MAX_NESTING = 200;

const TOKEN = /[[\](){}]|#[^\n\r]*|"""(?:\\"""|[^"]|"(?!""))*(?:"""|$)|"(?:\\.|[^"\\\n\r])*"?/g;

/**
 * Whether brackets of a query stand deeper within each other than `MAX_NESTING`. The parser goes down with every bracket and
 * would come to the end of the stack.
 */
export function isNestedTooDeep(query: string): boolean {
  let depth = 0;
  for (const [token] of query.matchAll(TOKEN)) {
    if (token === '[' || token === '(' || token === '{') depth++;
    else if (token === ']' || token === ')' || token === '}') depth--;
    if (depth > MAX_NESTING) return true;
  }
  return false;
}
