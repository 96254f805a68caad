import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedPage, FeedPageRequest, FeedPart, FeedPort, FeedRow } from '../../feed/feed.js';
import type { Kind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { formatRowId } from '../compile/row-id.js';
import type { FreshnessBook } from './freshness/freshness.js';
import { createKeyBook, type KeyBook } from './keys/key-book.js';
import { readPage } from './page/read-page.js';
import { comparePositions, compileSort } from './page/sort-order.js';
import { splitSubjectKeys } from './page/split-keys.js';
import { failureReason } from './public-detail.js';
import type { EngineRow } from './row/row-reader.js';
import type { ServedInterface } from './served-interface.js';
import { addTallies } from './tally/add-tallies.js';
import { readTally } from './tally/read-tally.js';

/** A department's feed over its compiled interfaces. */
export function createEngineFeed(
  department: string,
  served: readonly ServedInterface[],
  freshness: FreshnessBook,
): FeedPort {
  const taking = (kind: Kind | null, names: readonly string[] | undefined): readonly ServedInterface[] =>
    served.filter(
      ({ compiled }) =>
        (compiled.mapping.feeds ?? null) === kind &&
        (names === undefined || names.includes(compiled.mapping.interface)),
    );
  const keys = createKeyBook();
  const part = async <T>(
    one: ServedInterface,
    context: CallContext,
    work: () => Promise<T>,
  ): Promise<FeedPart<T>> => {
    const started = performance.now();
    try {
      const [data] = await Promise.all([work(), keys.look(one, context)]);
      return { ...withNotice(outcome(one, performance.now() - started, freshness), one, keys), data };
    } catch (error) {
      return missing(one, outcome(one, performance.now() - started, freshness), error, context);
    }
  };
  return {
    department,
    interfaces: () => served.map(({ compiled }) => compiled.info),
    page: (request, context) =>
      Promise.all(
        taking(request.kind, request.interfaces).map((one) =>
          part(one, context, () => pageOf(one, request, context)),
        ),
      ),
    tally: (request, context) =>
      Promise.all(
        taking(request.kind, request.interfaces).map((one) =>
          part(one, context, async () => {
            const parts = await Promise.all(
              splitWhere(one, request.where).map((where) => readTally(one, { ...request, where }, context)),
            );
            return addTallies(parts);
          }),
        ),
      ),
    freshness: async (context) => {
      const [outcomes] = await Promise.all([
        freshness.refresh(served, context),
        ...served.map((one) => keys.look(one, context)),
      ]);
      return outcomes.map((known) => {
        const one = served.find(({ compiled }) => compiled.mapping.interface === known.interface);
        return one === undefined ? known : withNotice(known, one, keys);
      });
    },
  };
}

async function pageOf(
  one: ServedInterface,
  request: FeedPageRequest,
  context: CallContext,
): Promise<FeedPage> {
  const { compiled } = one;
  const sort = compileSort(compiled, request.orderBy, request.reversed);
  const pages = await Promise.all(
    splitWhere(one, request.where).map((where) =>
      readPage(
        one,
        {
          where,
          sort,
          limit: request.limit,
          fields: request.fields,
          refs: request.refs ?? false,
          ...(request.after !== undefined && { after: request.after }),
        },
        context,
      ),
    ),
  );
  const [only] = pages;
  const merged =
    only !== undefined && pages.length === 1
      ? only.rows
      : pages.flatMap((page) => page.rows).sort((left, right) => comparePositions(sort, left, right));
  return {
    rows: merged.slice(0, request.limit).map((row) => toFeedRow(compiled, row, request.fields)),
    complete: pages.every((page) => page.complete) && merged.length <= request.limit,
  };
}

/** A filter by more subjects than one call may carry becomes several; every row belongs to exactly one of them. */
function splitWhere({ compiled }: ServedInterface, where: RowCondition): readonly RowCondition[] {
  const conjuncts = 'all' in where ? where.all : [where];
  const index = conjuncts.findIndex((conjunct) => 'subject' in conjunct);
  const found = conjuncts[index];
  if (found === undefined || !('subject' in found)) return [where];
  return splitSubjectKeys(found.subject, compiled).map((subject) => ({
    all: [...conjuncts.slice(0, index), { subject }, ...conjuncts.slice(index + 1)],
  }));
}

function toFeedRow(compiled: CompiledInterface, row: EngineRow, fields: readonly string[]): FeedRow {
  return {
    id: formatRowId(compiled.mapping.interface, row.key),
    key: row.key,
    sort: row.sort,
    subject: row.subject,
    values: fields.map((field) => row.values.get(field) ?? null),
    quality: row.quality,
    ...(row.refs !== undefined && { refs: row.refs }),
  };
}

/** Says of an answer that was given which rows it cannot show. */
function withNotice(known: InterfaceOutcome, { compiled }: ServedInterface, keys: KeyBook): InterfaceOutcome {
  const notice = known.state === 'MISSING' ? null : keys.noticeOf(compiled);
  if (notice === null) return known;
  return { ...known, reason: known.reason === null ? notice : `${known.reason} ${notice}` };
}

function outcome({ compiled }: ServedInterface, tookMs: number, freshness: FreshnessBook): InterfaceOutcome {
  const known = freshness.of(compiled);
  return {
    interface: compiled.mapping.interface,
    department: compiled.mapping.owner.department,
    state: known.stale ? 'STALE' : 'LIVE',
    asOf: known.asOf,
    tookMs,
    reason: known.reason,
  };
}

function missing(
  { compiled }: ServedInterface,
  known: InterfaceOutcome,
  error: unknown,
  { requestId }: CallContext,
): InterfaceOutcome {
  const { mapping, environment } = compiled;
  const failed: InterfaceOutcome = { ...known, state: 'MISSING', reason: failureReason(error, mapping) };
  environment.observer.failure({ outcome: failed, requestId, error });
  return failed;
}
