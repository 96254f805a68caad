import type { Database } from 'better-sqlite3';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { ERROR_CATALOGUE } from '../../../runtime/errors.js';
import type { FeedPage, FeedPart, FeedPort, FeedPosition, FeedRow, InterfaceInfo } from '../../feed/feed.js';
import { KINDS } from '../../kinds/kinds.js';
import { type InterfaceOutcome, isAbsent } from '../../port/interface-outcome.js';
import { carryOver } from './carry-over.js';
import { inSlices } from './in-slices.js';
import { formatSighting, REGISTER_FIELDS, readRegisterRow } from './register-row.js';

/** Rows asked for at a time. */
const PAGE = 2000;

export interface HarvestOptions {
  readonly personKey: Uint8Array | string;
  /** A fresh context for each page. */
  readonly makeContext: () => CallContext;
  readonly signal: AbortSignal;
}

/**
 * Walks every interface that can be listed, and keeps what its rows say about identity. Those that feed nothing but
 * facets are walked too: without the spellings that they hold, their rows could not be found again.
 *
 * @param previous an index that still holds what a now failing interface said before
 */
export async function harvest(
  feeds: readonly FeedPort[],
  db: Database,
  previous: Database | null,
  options: HarvestOptions,
): Promise<void> {
  const save = db.prepare<[string, string]>(
    'INSERT OR REPLACE INTO source (interface, outcome) VALUES (?, ?)',
  );
  for (const { feed, info } of contributing(feeds)) {
    const walked = await walkInterface(feed, info, db, options);
    const kept = isAbsent(walked) ? previous : null;
    const outcome = kept === null ? walked : await carryOver(kept, db, walked, options.signal);
    save.run(info.name, JSON.stringify(outcome));
  }
}

/** Interfaces that the identity index is built from, in a fixed order: those that can be walked. */
export function contributing(
  feeds: readonly FeedPort[],
): readonly { readonly feed: FeedPort; readonly info: InterfaceInfo }[] {
  return feeds
    .flatMap((feed) => feed.interfaces().map((info) => ({ feed, info })))
    .filter(({ info }) => !info.lookupOnly)
    .sort(
      (left, right) => rankOf(left.info) - rankOf(right.info) || (left.info.name < right.info.name ? -1 : 1),
    );
}

function rankOf({ kind }: InterfaceInfo): number {
  return kind === null ? KINDS.length : KINDS.indexOf(kind);
}

async function walkInterface(
  feed: FeedPort,
  info: InterfaceInfo,
  db: Database,
  options: HarvestOptions,
): Promise<InterfaceOutcome> {
  const started = performance.now();
  const took = (outcome: InterfaceOutcome): InterfaceOutcome => ({
    ...outcome,
    tookMs: Math.round(performance.now() - started),
  });
  const keep =
    info.kind === 'Subject' ? keepRegisterRow(db, info.name, options.personKey) : keepMention(db, info.name);
  for (let after: FeedPosition | undefined; ; ) {
    const part = await readPart(feed, info, after, options);
    if (part.data === undefined) return took(part);
    await inSlices(db, part.data.rows, keep, options.signal);
    const last = part.data.rows.at(-1);
    if (part.data.complete || last === undefined) return took(outcomeOf(part));
    after = { keys: [], interface: info.name, key: last.key };
  }
}

async function readPart(
  feed: FeedPort,
  info: InterfaceInfo,
  after: FeedPosition | undefined,
  options: HarvestOptions,
): Promise<FeedPart<FeedPage>> {
  options.signal.throwIfAborted();
  try {
    const parts = await feed.page(
      {
        kind: info.kind,
        where: { all: [] },
        orderBy: [],
        reversed: false,
        limit: PAGE,
        fields: info.kind === 'Subject' ? REGISTER_FIELDS : [],
        refs: true,
        interfaces: [info.name],
        ...(after !== undefined && { after }),
      },
      options.makeContext(),
    );
    return parts.find((part) => part.interface === info.name) ?? missing(info);
  } catch {
    // The port promises outcomes; one that rejects is as good as a source that does not answer.
    options.signal.throwIfAborted();
    return missing(info);
  }
}

function missing(info: InterfaceInfo): InterfaceOutcome {
  return {
    interface: info.name,
    department: info.department,
    state: 'MISSING',
    asOf: null,
    tookMs: 0,
    reason: `SUBGRAPH_UNAVAILABLE: ${ERROR_CATALOGUE.SUBGRAPH_UNAVAILABLE.message}`,
  };
}

function outcomeOf(part: FeedPart<FeedPage>): InterfaceOutcome {
  const { interface: name, department, state, asOf, tookMs, reason } = part;
  return { interface: name, department, state, asOf, tookMs, reason };
}

function keepRegisterRow(db: Database, name: string, personKey: Uint8Array | string): (row: FeedRow) => void {
  const insert = db.prepare<[string, string, string]>(
    'INSERT OR REPLACE INTO sighting (interface, key, said) VALUES (?, ?, ?)',
  );
  const keepSpellings = spellingsKeeper(db, name);
  return (row) => {
    const said = readRegisterRow(name, row, personKey);
    if (said === null) return;
    const stored = formatSighting(said);
    insert.run(stored.interface, stored.key, stored.said);
    keepSpellings(row);
  };
}

/** Rows about a subject are no proof of who it is: they only tell that it exists and how it is spelt. */
function keepMention(db: Database, name: string): (row: FeedRow) => void {
  const insert = db.prepare<[string, string]>(
    "INSERT OR IGNORE INTO mention (interface, ref, held) VALUES (?, ?, '')",
  );
  const keepSpellings = spellingsKeeper(db, name);
  return (row) => {
    if (row.subject !== null) insert.run(name, row.subject);
    keepSpellings(row);
  };
}

function spellingsKeeper(db: Database, name: string): (row: FeedRow) => void {
  const insert = db.prepare<[string, string, string]>(
    'INSERT OR IGNORE INTO mention (interface, ref, held) VALUES (?, ?, ?)',
  );
  return (row) => {
    for (const { ref, held } of row.refs?.spellings ?? []) insert.run(name, ref, held);
  };
}
