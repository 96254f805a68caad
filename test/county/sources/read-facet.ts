import type { StoredCounty } from '../stored-county.js';
import { readList } from './read-list.js';

type Row = Readonly<Record<string, unknown>>;

/** What hangs at subjects below one list of a department's facet, each row with the id of its subject. */
export async function readFacet(
  county: StoredCounty,
  path: `${string}.${string}`,
  kinds: string,
  selection: string,
): Promise<readonly Row[]> {
  const [department = '', list = ''] = path.split('.');
  const nodes = await readList<Readonly<Record<string, Readonly<Record<string, readonly Row[]>> | null>>>(
    county,
    'subjects',
    `{kind: [${kinds}]}`,
    `id ${department} { ${list}(first: 500) { ${selection} } }`,
  );
  return nodes.flatMap(({ id, ...facets }) =>
    (facets[department]?.[list] ?? []).map((row) => ({ id, ...row })),
  );
}

/** Rows as texts, in one order, so that two lists can be compared. */
export function byText(rows: readonly object[]): readonly string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
}
