import type { FieldValue } from '../../subgraphs/kinds/field-value.js';
import { declarationOf, fieldNamesOf, type RowKind } from '../../subgraphs/kinds/kinds.js';
import type { TestCounty } from '../county/open-test-county.js';

/** Whom a row is about, as the registry knows them. */
interface RowSubject {
  readonly id: string;
  readonly kind: string | null;
  readonly township: string | null;
  readonly industry: string | null;
  readonly state: string | null;
}

/** One row of a kind, every declared field decoded; what the naive evaluation works on. */
export interface CanonicalRow {
  readonly id: string;
  readonly interface: string;
  readonly subject: RowSubject | null;
  /** Declared and derived fields by name. */
  readonly values: ReadonlyMap<string, FieldValue>;
}

type Node = Readonly<Record<string, FieldValue>> & {
  readonly id: string;
  readonly interface: string;
  /** Absent in a kind whose rows are about nobody. */
  readonly subject?: RowSubject | null;
};

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly coverage: readonly { readonly interface: string; readonly state: string }[];
}

/** States of an interface that gave its rows; its newest row may be old. */
export const TOOK_PART = ['LIVE', 'STALE'];

/** Every row of a kind, read without any filter, in the order in which the list gives them. */
export async function readCanonicalRows(
  { ask }: TestCounty,
  kind: RowKind,
): Promise<readonly CanonicalRow[]> {
  const { plural, derived, subject } = declarationOf(kind);
  const fields = [...fieldNamesOf(kind), ...Object.keys(derived)];
  const about = subject === null ? '' : 'subject { id kind township industry state }';
  const query = `query ($after: String) { list: ${plural}(first: 500, after: $after) {
    totalCount
    nodes { id interface ${fields.join(' ')} ${about} }
    pageInfo { hasNextPage endCursor }
    coverage { interface state }
  } }`;
  const rows: CanonicalRow[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await ask(query, { after });
    expect(errors).toBeUndefined();
    const { list } = data as unknown as { readonly list: Page };
    expect(list.coverage.filter(({ state }) => !TOOK_PART.includes(state))).toEqual([]);
    rows.push(...list.nodes.map((node) => readNode(node, fields)));
    if (!list.pageInfo.hasNextPage) {
      expect(rows).toHaveLength(list.totalCount);
      return rows;
    }
    after = list.pageInfo.endCursor;
  }
}

function readNode(node: Node, fields: readonly string[]): CanonicalRow {
  return {
    id: node.id,
    interface: node.interface,
    subject: node.subject ?? null,
    values: new Map(fields.map((field) => [field, node[field] ?? null])),
  };
}
