/** Marks of a cell that says something which the mapping does not understand. Unknown codes are told apart. */
const UNREADABLE = /^(?:DATE|AMOUNT|NUMBER|BOOLEAN|COORDINATE)_UNREADABLE$|^TOWNSHIP_UNRESOLVED$/;

export const DAMAGED = 'TEXT_DAMAGED';

/** Whether a quality code says that a filled cell could not be read. */
export function isUnreadable(code: string): boolean {
  return code === DAMAGED || UNREADABLE.test(code);
}
