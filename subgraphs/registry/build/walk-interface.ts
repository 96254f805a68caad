import type { Database } from 'better-sqlite3';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedPage, FeedPart, FeedPort, FeedPosition, FeedRow, InterfaceInfo } from '../../feed/feed.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { type InterfaceOutcome, missingOutcome, outcomeOf } from '../../port/interface-outcome.js';
import { inSlices } from './in-slices.js';
import { keptFields } from './keep-rows.js';

/** Rows asked for at a time. */
const PAGE = 2000;

export interface WalkOptions {
  readonly personKey: Uint8Array | string;
  /** A fresh context for each page. */
  readonly makeContext: () => CallContext;
  readonly signal: AbortSignal;
}

/** How a walk ended. */
export interface Walked {
  readonly outcome: InterfaceOutcome;
  /** Where the interface stood when the walk began; null also of a walk that broke off. */
  readonly mark: string | null;
}

/** An interface and the department that has it. */
export interface Walk {
  readonly feed: FeedPort;
  readonly info: InterfaceInfo;
}

/** Reads the rows of an interface page by page. @param keep is told of each row, in slices of a few milliseconds. */
export async function walkInterface(
  walk: Walk,
  where: RowCondition,
  db: Database,
  keep: (row: FeedRow) => void,
  options: WalkOptions,
): Promise<Walked> {
  const started = performance.now();
  const took = (outcome: InterfaceOutcome): InterfaceOutcome => ({
    ...outcome,
    tookMs: Math.round(performance.now() - started),
  });
  let mark: string | null = null;
  for (let after: FeedPosition | undefined; ; ) {
    const part = await readPart(walk, where, after, options);
    if (part.data === undefined) return { outcome: took(part), mark: null };
    if (after === undefined) mark = part.data.mark ?? null;
    await inSlices(db, part.data.rows, keep, options.signal);
    const last = part.data.rows.at(-1);
    if (part.data.complete || last === undefined) return { outcome: took(outcomeOf(part)), mark };
    after = { keys: [], interface: walk.info.name, key: last.key };
  }
}

async function readPart(
  { feed, info }: Walk,
  where: RowCondition,
  after: FeedPosition | undefined,
  options: WalkOptions,
): Promise<FeedPart<FeedPage>> {
  options.signal.throwIfAborted();
  try {
    const parts = await feed.page(
      {
        kind: info.kind,
        where,
        orderBy: [],
        reversed: false,
        limit: PAGE,
        fields: keptFields(info),
        refs: true,
        interfaces: [info.name],
        ...(after === undefined ? { mark: true } : { after }),
      },
      options.makeContext(),
    );
    return (
      parts.find((part) => part.interface === info.name) ?? missingOutcome(info, 'SUBGRAPH_UNAVAILABLE', 0)
    );
  } catch {
    // The port promises outcomes; one that rejects is as good as a source that does not answer.
    options.signal.throwIfAborted();
    return missingOutcome(info, 'SUBGRAPH_UNAVAILABLE', 0);
  }
}
