const UUID = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/;
const WHOLE_NUMBER = /^([+-]?)0*(\d+?)(?:\.0+)?$/;

/**
 * Whether two values are spellings of one key. Databases and their drivers differ in the case of letters (SQL Server's
 * uniqueidentifier, PostgreSQL's uuid), in the width of characters, in blanks that fill a CHAR column, and in the zeros and
 * decimal places of a number.
 */
export function isSameSpelling(left: unknown, right: unknown): boolean {
  return spellingOf(left) === spellingOf(right);
}

function spellingOf(value: unknown): string {
  const text = String(value).normalize('NFKC').trim().toLowerCase();
  const uuid = UUID.exec(text);
  if (uuid !== null) return uuid.slice(1).join('');
  const number = WHOLE_NUMBER.exec(text);
  return number === null ? text : `${number[1] === '-' ? '-' : ''}${number[2]}`;
}
