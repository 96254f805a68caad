import type { CallContext } from '../../../runtime/call/call-context.js';
import { chunksOf } from '../../../runtime/chunks-of.js';
import { publicError } from '../../../runtime/errors.js';
import type { FeedPage, FeedPart } from '../../feed/feed.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { type InterfaceOutcome, outcomeOf } from '../../port/interface-outcome.js';
import { mapBounded } from '../fan/map-bounded.js';
import type { Hub } from '../hub.js';
import { registryFailed } from './ask-registry.js';
import type { FacetInterface } from './read-facet.js';
import { identify } from './tally-clause.js';

const SUBJECTS_PER_CALL = 200;
const CALLS_AT_ONCE = 2;
/** Rows of so many subjects at most. */
const MAX_ROWS = 10_000;

interface Shown {
  /** Those of whom the row that is shown satisfies the filter. */
  readonly ids: ReadonlySet<string>;
  readonly outcomes: readonly InterfaceOutcome[];
}

/**
 * Of subjects of whom a facet has several rows and shows one, those whose shown row satisfies a filter: the first of all
 * their rows is also the first of those that satisfy it.
 *
 * @throws SOURCE_TOO_LARGE when some of them have more than 10,000 rows together.
 */
export async function findShown(
  hub: Hub,
  info: FacetInterface,
  where: RowCondition,
  ids: ReadonlySet<string>,
  context: CallContext,
): Promise<Shown> {
  if (ids.size === 0) return { ids, outcomes: [] };
  const everybody = await identify(hub, ids, context);
  const batches = chunksOf(everybody, SUBJECTS_PER_CALL);
  const found = await mapBounded(batches, CALLS_AT_ONCE, async (batch): Promise<Shown> => {
    const subjects: RowCondition = { subject: [...new Set(batch.flatMap(({ keys }) => keys))] };
    const [all, satisfying] = await Promise.all(
      [subjects, { all: [subjects, where] }].map((wanted) => readInOrder(hub, info, wanted, context)),
    );
    const [first, wanted] = await Promise.all([
      firstRows(hub, all ?? [], context),
      firstRows(hub, satisfying ?? [], context),
    ]);
    return {
      ids: new Set([...wanted].flatMap(([id, row]) => (first.get(id) === row ? [id] : []))),
      outcomes: [...(all ?? []), ...(satisfying ?? [])].map(outcomeOf),
    };
  });
  return {
    ids: new Set(found.flatMap((one) => [...one.ids])),
    outcomes: found.flatMap(({ outcomes }) => outcomes),
  };
}

async function readInOrder(
  hub: Hub,
  { name, kind, facet }: FacetInterface,
  where: RowCondition,
  context: CallContext,
): Promise<readonly FeedPart<FeedPage>[]> {
  const parts = await hub.fan.page(
    { kind, where, orderBy: facet.order, reversed: false, limit: MAX_ROWS, fields: [], interfaces: [name] },
    context,
  );
  if (parts.some(({ data }) => data?.complete === false)) throw publicError('SOURCE_TOO_LARGE');
  return parts;
}

/** The id of each subject's first row. */
async function firstRows(
  hub: Hub,
  parts: readonly FeedPart<FeedPage>[],
  context: CallContext,
): Promise<ReadonlyMap<string, string>> {
  const rows = parts.flatMap(({ data }) => data?.rows ?? []);
  const { byRef, failure } = await hub.identities.resolve(
    rows.flatMap(({ subject }) => subject ?? []),
    context,
  );
  if (failure !== null) throw registryFailed();
  const firsts = new Map<string, string>();
  for (const { id: row, subject } of rows) {
    const id = subject === null ? undefined : byRef.get(subject)?.id;
    if (id !== undefined && !firsts.has(id)) firsts.set(id, row);
  }
  return firsts;
}
