import { declarationOf, type RowKind } from '../../../subgraphs/kinds/kinds.js';
import type { ListCombination } from '../generate/combination.js';
import type { ListAnswer, Refusal } from './answer.js';
import { type AskTogether, askAll } from './ask-together.js';
import { type Coverage, refusalIn } from './read-coverage.js';

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly coverage: Coverage;
}

interface Walk {
  readonly combination: ListCombination;
  readonly pages: { readonly ids: readonly string[]; readonly hasMore: boolean }[];
  totalCount: number;
  cursor: string | null;
  refusal: Refusal | null;
}

/** Walks lists of one kind together: each request asks for the next page of all that are not at their end. */
export async function askLists(
  ask: AskTogether,
  kind: RowKind,
  combinations: readonly ListCombination[],
): Promise<readonly (ListAnswer | Refusal)[]> {
  const walks = combinations.map(
    (combination): Walk => ({ combination, pages: [], totalCount: 0, cursor: null, refusal: null }),
  );
  for (let open = walks; open.length > 0; open = open.filter(goesOn)) {
    const pages = await askAll<Page>(ask, listField(kind), open.map(variablesOf));
    for (const [index, walk] of open.entries()) takePage(walk, pages[index]);
  }
  return walks.map(({ refusal, totalCount, pages }) => refusal ?? { is: 'list', totalCount, pages });
}

function goesOn({ combination, pages, refusal }: Walk): boolean {
  return refusal === null && pages.at(-1)?.hasMore === true && pages.length < combination.pages.length;
}

function takePage(walk: Walk, page: Page | Refusal | undefined): void {
  if (page === undefined) throw new RangeError('Cannot read a page: there must be one for each list');
  walk.refusal = 'is' in page ? page : refusalIn(page.coverage);
  if ('is' in page) return;
  const { backward } = walk.combination;
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
  walk.totalCount = page.totalCount;
  walk.cursor = backward ? startCursor : endCursor;
  walk.pages.push({
    ids: page.nodes.map(({ id }) => id),
    hasMore: backward ? hasPreviousPage : hasNextPage,
  });
}

function variablesOf({ combination, pages, cursor }: Walk): Readonly<Record<string, unknown>> {
  const { where, orderBy, backward } = combination;
  const size = combination.pages[pages.length] ?? 1;
  return backward
    ? { where, orderBy, last: size, before: cursor, first: null, after: null }
    : { where, orderBy, first: size, after: cursor, last: null, before: null };
}

function listField(kind: RowKind) {
  const { plural } = declarationOf(kind);
  return {
    types: {
      where: `${kind}Filter`,
      orderBy: `[${kind}Order!]`,
      first: 'Int',
      after: 'String',
      last: 'Int',
      before: 'String',
    },
    field: (of: (name: string) => string) => `${plural}(where: ${of('where')}, orderBy: ${of('orderBy')},
      first: ${of('first')}, after: ${of('after')}, last: ${of('last')}, before: ${of('before')}) {
      totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      coverage { interface state reason } }`,
  };
}
