import { SourceError } from '../../../adapters/source-error.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { countyMoment, systemClock } from '../../../runtime/clock.js';
import type {
  FeedPage,
  FeedPageRequest,
  FeedPart,
  FeedPort,
  FeedRow,
  FeedSnapshot,
  FeedStanding,
  FeedTally,
  FeedTallyRequest,
} from '../../feed/feed.js';
import { feedHands } from '../../feed/feed-hands.js';
import { feedWatch } from '../../feed/feed-watch.js';
import type { Kind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import type { Hands } from '../../port/hands.js';
import { type InterfaceOutcome, outcomeOf } from '../../port/interface-outcome.js';
import type { InterfaceWatch } from '../../port/observation.js';
import { type SourceObserver, UNOBSERVED } from '../../port/source-observer.js';
import { diskOf, historyOf } from '../../port/watched-parts.js';
import { type BrokenInterface, brokenOutcome, InterfaceBroken } from '../broken-interface.js';
import { isHeldBack, requireServing } from '../calls/require-serving.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { formatRowId } from '../compile/row-id.js';
import { AccessDenied } from '../compile/row-scope.js';
import { type ChosenRows, chooseRows, type WantedRows } from '../snapshot/choose-rows.js';
import type { SnapshotAge } from '../snapshot/snapshot-age.js';
import type { Freshness, FreshnessBook } from './freshness/freshness.js';
import type { KeyBook } from './keys/key-book.js';
import { readByMarks } from './mark/read-by-marks.js';
import { readMark } from './mark/read-mark.js';
import { readPage } from './page/read-page.js';
import { comparePositions, compileSort } from './page/sort-order.js';
import { splitSubjectKeys } from './page/split-keys.js';
import { failureReason } from './public-detail.js';
import type { EngineRow } from './row/row-reader.js';
import type { InterfaceRows, ServedInterface } from './served-interface.js';
import { addTallies } from './tally/add-tallies.js';
import { fieldsOfDimension } from './tally/dimensions.js';
import { readTally } from './tally/read-tally.js';
import { lookedAtBy } from './where/residual.js';

/** Interfaces that give nothing, and who is told when they were asked for. */
interface BrokenPart {
  readonly broken: readonly BrokenInterface[];
  readonly observer: SourceObserver;
  /** What is known of all of them by watching. Absent: nobody does. */
  readonly watch?: InterfaceWatch;
  /** What can be done to them by hand. Absent: nothing. */
  readonly hands?: Hands;
}

type Asked = Pick<FeedPageRequest, 'kind' | 'interfaces'>;

const NONE_BROKEN: BrokenPart = { broken: [], observer: UNOBSERVED };

/** What is known of interfaces beside their rows. */
interface FeedBooks {
  readonly freshness: FreshnessBook;
  readonly keys: KeyBook;
}

/** A department's feed over its compiled interfaces, and those that are broken. */
export function createEngineFeed(
  department: string,
  served: readonly ServedInterface[],
  { freshness, keys }: FeedBooks,
  { broken, observer, watch, hands }: BrokenPart = NONE_BROKEN,
): FeedPort {
  const lacking = (
    { kind, interfaces: names }: Asked,
    { requestId }: CallContext,
  ): readonly FeedPart<never>[] =>
    broken
      .filter(({ info }) => info.kind === kind && (names === undefined || names.includes(info.name)))
      .map((one) => {
        const outcome = brokenOutcome(one);
        observer.failure({ outcome, error: new InterfaceBroken(one), requestId });
        return outcome;
      });
  const taking = (kind: Kind | null, names: readonly string[] | undefined): readonly ServedInterface[] =>
    served.filter(
      ({ compiled }) =>
        (compiled.mapping.feeds ?? null) === kind &&
        (names === undefined || names.includes(compiled.mapping.interface)),
    );
  const clock = served[0]?.compiled.environment.clock ?? systemClock;
  let standing: readonly FeedStanding[] = [];
  const part = async <T>(
    one: ServedInterface,
    wanted: WantedRows,
    context: CallContext,
    work: (rows: InterfaceRows) => Promise<T>,
  ): Promise<FeedPart<T>> => {
    const started = performance.now();
    const outcome = (age: SnapshotAge | null): InterfaceOutcome =>
      composeOutcome(one.compiled, performance.now() - started, freshness.of(one.compiled, age));
    try {
      requireServing(one.compiled);
      // Its age is that before the rows are read: a version that comes meanwhile is younger, never older.
      const chosen = await chooseRows(one, wanted, context);
      const [{ data, age }] = await Promise.all([readChosen(chosen, work), keys.look(chosen.from, context)]);
      return { ...withNotice(outcome(age), one, keys), data };
    } catch (error) {
      return missing(one, outcome(one.kept?.snapshot.age() ?? null), error, context);
    }
  };
  const infos = [...served.map(({ compiled }) => compiled.info), ...broken.map(({ info }) => info)];
  return {
    department,
    interfaces: () => infos,
    page: async (request, context) => [
      ...(await Promise.all(
        taking(request.kind, request.interfaces).map((one) =>
          part(one, { ...request, fields: fieldsOfPage(request) }, context, (rows) =>
            markedPage(one, rows, request, context),
          ),
        ),
      )),
      ...lacking(request, context),
    ],
    tally: async (request, context) => [
      ...(await Promise.all(
        taking(request.kind, request.interfaces).map((one) =>
          part(one, { ...request, fields: fieldsOfTally(request) }, context, (rows) =>
            readByMarks(one, rows, request.where, (where) => tallyOf(rows, { ...request, where }, context)),
          ),
        ),
      )),
      ...lacking(request, context),
    ],
    freshness: async (context) => {
      const [outcomes] = await Promise.all([
        freshness.refresh(served, context),
        ...served.filter(({ compiled }) => !isHeldBack(compiled)).map((one) => keys.look(one, context)),
      ]);
      const known = outcomes.map((outcome): FeedStanding => {
        const one = served.find(({ compiled }) => compiled.mapping.interface === outcome.interface);
        return one === undefined ? outcome : { ...outcome, ...withNotice(outcome, one, keys) };
      });
      const lookedAt = countyMoment(clock.now());
      standing = [...known, ...broken.map((one) => ({ ...brokenOutcome(one), lookedAt }))];
      return standing.map((one) => outcomeOf(one));
    },
    standing: async () => standing,
    snapshots: async () => (await Promise.all(served.map(describeSnapshot))).flat(),
    ...(watch !== undefined && {
      watch: feedWatch(watch, () => [
        ...infos.map(({ name }) => name),
        diskOf(department).name,
        historyOf(department).name,
      ]),
    }),
    ...(hands !== undefined && { hands: feedHands(hands, infos) }),
  };
}

async function readChosen<T>(
  { from, age, orElse }: ChosenRows,
  work: (rows: InterfaceRows) => Promise<T>,
): Promise<{ readonly data: T; readonly age: SnapshotAge | null }> {
  try {
    return { data: await work(from), age };
  } catch (error) {
    if (orElse === undefined || !(error instanceof SourceError)) throw error;
    return readChosen(orElse, work);
  }
}

async function describeSnapshot({ compiled, kept }: ServedInterface): Promise<readonly FeedSnapshot[]> {
  if (kept === null) return [];
  // Learns of the version that another process has published since.
  await kept.snapshot.usable();
  const { version, readings, failures, lastFailure } = kept.snapshot.status();
  const { mapping } = compiled;
  return [
    {
      interface: mapping.interface,
      version: version?.version ?? null,
      rows: version?.rows ?? null,
      readAt: version === null ? null : countyMoment(new Date(version.readAt)),
      wholeAt: version === null ? null : countyMoment(new Date(version.wholeAt)),
      readings,
      failures,
      lastFailure: lastFailure === null ? null : failureReason(lastFailure, mapping),
    },
  ];
}

function fieldsOfPage({ where, orderBy, fields }: FeedPageRequest): ReadonlySet<string> {
  return new Set([...fields, ...orderBy.map(({ field }) => field), ...lookedAtBy(where).fields]);
}

function fieldsOfTally({ where, by, measures }: FeedTallyRequest): ReadonlySet<string> {
  return new Set([...[...by, ...measures].flatMap(fieldsOfDimension), ...lookedAtBy(where).fields]);
}

/** The mark is taken first: a row that changes while the page is read is newer than it. */
async function markedPage(
  one: ServedInterface,
  from: InterfaceRows,
  request: FeedPageRequest,
  context: CallContext,
): Promise<FeedPage> {
  const mark = request.mark === true ? { mark: await readMark(one, from, context) } : {};
  const page = await readByMarks(one, from, request.where, (where) =>
    pageOf(from, { ...request, where }, context),
  );
  return { ...page, ...mark };
}

async function tallyOf(
  one: InterfaceRows,
  request: FeedTallyRequest,
  context: CallContext,
): Promise<readonly FeedTally[]> {
  const parts = await Promise.all(
    splitWhere(one, request.where).map((where) => readTally(one, { ...request, where }, context)),
  );
  return addTallies(parts);
}

async function pageOf(one: InterfaceRows, request: FeedPageRequest, context: CallContext): Promise<FeedPage> {
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
function splitWhere({ compiled }: InterfaceRows, where: RowCondition): readonly RowCondition[] {
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
    ...(row.refs !== undefined && {
      refs: row.subjects === undefined ? row.refs : { ...row.refs, shared: row.subjects },
    }),
  };
}

/** Says of an answer that was given which rows it cannot show. */
function withNotice(known: InterfaceOutcome, { compiled }: ServedInterface, keys: KeyBook): InterfaceOutcome {
  const notice = known.state === 'MISSING' ? null : keys.noticeOf(compiled);
  if (notice === null) return known;
  return { ...known, reason: known.reason === null ? notice : `${known.reason} ${notice}` };
}

function composeOutcome({ mapping }: CompiledInterface, tookMs: number, known: Freshness): InterfaceOutcome {
  return {
    interface: mapping.interface,
    department: mapping.owner.department,
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
  // Nothing failed: the caller's scope is not the interface's.
  if (error instanceof AccessDenied)
    return { ...known, state: 'DENIED', reason: failureReason(error, mapping) };
  const failed: InterfaceOutcome = { ...known, state: 'MISSING', reason: failureReason(error, mapping) };
  environment.observer.failure({ outcome: failed, requestId, error });
  return failed;
}
