/** Stands in every secret cell, so that a test can look for it wherever rows may have gone. */
export const SECRET_MARK = '【涉密】';

/** What nobody outside may read: what a hazard is, and the major hazard source (重大危险源) behind it. */
export function secretCell(what: string, index: number): string {
  return `${SECRET_MARK}${what}${index}`;
}
