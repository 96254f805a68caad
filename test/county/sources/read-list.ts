import type { StoredCounty } from '../stored-county.js';

type ListName =
  | 'licences'
  | 'inspections'
  | 'complaints'
  | 'events'
  | 'cases'
  | 'subjects'
  | 'payments'
  | 'creditRecords'
  | 'portCalls';

interface Page<T> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly coverage: readonly { readonly interface: string; readonly state: string }[];
}

/**
 * Every row of a list, page by page, in its own order. Each source must take part, and as many rows must come as are
 * counted.
 *
 * @param where a GraphQL literal.
 * @param selection of one node.
 */
export async function readList<T>(
  county: StoredCounty,
  list: ListName,
  where: string,
  selection: string,
): Promise<readonly T[]> {
  const query = `query ($after: String) { ${list}(where: ${where}, first: 500, after: $after) {
    totalCount nodes { ${selection} } pageInfo { hasNextPage endCursor } coverage { interface state } } }`;
  const nodes: T[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await county.ask(query, { after });
    expect(errors).toBeUndefined();
    const page = (data as unknown as Readonly<Record<string, Page<T>>>)[list];
    if (page === undefined) throw new Error(`no ${list}`);
    expect(page.coverage.filter(({ state }) => state !== 'LIVE')).toEqual([]);
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) {
      expect(nodes).toHaveLength(page.totalCount);
      return nodes;
    }
    after = page.pageInfo.endCursor;
  }
}

interface Marked {
  readonly quality: readonly string[];
}

/** Marks of cells that were not understood, or lead to nobody. Null words, repairs and swapped coordinates were. */
export function marksOfLoss(rows: readonly Marked[]): readonly string[] {
  const understood = /^(NULL_WORD|ID_REPAIRED|COORDINATE_SWAPPED):/;
  return [...new Set(rows.flatMap(({ quality }) => quality.filter((mark) => !understood.test(mark))))];
}

/** How many rows bear a mark. */
export function countOf(rows: readonly Marked[], mark: string): number {
  return rows.filter(({ quality }) => quality.includes(mark)).length;
}

/** By number, so that two lists can be compared. */
export function byNumber<T extends { readonly number: string }>(rows: readonly T[]): readonly T[] {
  return [...rows].sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0));
}

/** ISO 8601 at +08:00 of what the world dates `yyyy-MM-dd HH:mm:ss`. */
export function momentOf(time: string | null): string | null {
  return time === null ? null : `${time.replace(' ', 'T')}+08:00`;
}
