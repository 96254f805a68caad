import type { FeedOrder } from '../../feed/feed.js';
import { idOf } from './array-condition.js';
import { type ArrayInterface, comparePlaces } from './array-feed.js';
import type { TestHub } from './open-test-hub.js';
import type { CaseOrder } from './random-county.js';

const CASE_PAGE = `query Cases(
  $where: CaseFilter, $orderBy: [CaseOrder!], $first: Int, $after: String, $last: Int, $before: String
) {
  cases(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    coverage { interface state rows reason late }
  }
}`;

export interface CasePage {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly coverage: readonly {
    readonly interface: string;
    readonly state: string;
    readonly rows: number;
    readonly reason: string | null;
    readonly late: boolean;
  }[];
}

/** @throws the first error of the answer. */
export async function readCases(
  hub: TestHub,
  variables: Readonly<Record<string, unknown>>,
): Promise<CasePage> {
  const { data, errors } = await hub.ask(CASE_PAGE, variables);
  const [error] = errors;
  if (error !== undefined) throw error;
  return data?.cases as CasePage;
}

/** All pages from one end to the other; `between` runs after each page. */
export async function walkCases(
  hub: TestHub,
  orderBy: CaseOrder,
  size: number,
  direction: 'forward' | 'backward',
  between: (pages: readonly CasePage[]) => void = () => undefined,
): Promise<readonly CasePage[]> {
  const pages: CasePage[] = [];
  let cursor: string | null = null;
  for (;;) {
    const window: Readonly<Record<string, unknown>> =
      direction === 'forward' ? { first: size, after: cursor } : { last: size, before: cursor };
    const page: CasePage = await readCases(hub, { orderBy, ...window });
    pages.push(page);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(direction === 'forward' ? hasNextPage : hasPreviousPage)) return pages;
    cursor = direction === 'forward' ? endCursor : startCursor;
    between(pages);
  }
}

export function idsOf(pages: readonly CasePage[]): readonly string[] {
  return pages.flatMap(({ edges }) => edges.map(({ node }) => node.id));
}

/** The ids of all rows in the total order, sorted as one. */
export function sortedIds(interfaces: readonly ArrayInterface[], orderBy: CaseOrder): readonly string[] {
  const orders = orderBy.flatMap((item) =>
    Object.entries(item).map(
      ([field, direction]): FeedOrder => ({ field, direction: direction === 'DESC' ? 'desc' : 'asc' }),
    ),
  );
  return interfaces
    .flatMap((one) =>
      one.rows.map((row) => ({
        id: idOf(one.name, row),
        place: {
          keys: orders.map(({ field }) => (row.values[field] ?? null) as string | null),
          interface: one.name,
          key: row.key,
        },
      })),
    )
    .sort((left, right) => comparePlaces({ orderBy: orders, reversed: false }, left.place, right.place))
    .map(({ id }) => id);
}
