import type { FeedPosition } from '../../feed/feed.js';
import type { MergedRow } from './merge-pages.js';
import type { ComparePlaces } from './sort-rows.js';

/** How far a walk over several interfaces has come. */
export interface WalkState {
  /** Up to here every interface has been read that is not behind; null: the beginning. */
  readonly position: FeedPosition | null;
  /** Interfaces that gave nothing for some page, by name: each has been read up to a place of its own. */
  readonly behind: ReadonlyMap<string, FeedPosition | null>;
}

export const AT_THE_START: WalkState = { position: null, behind: new Map() };

/** Up to where one interface has been read. */
export function readUpTo({ position, behind }: WalkState, interfaceName: string): FeedPosition | null {
  return behind.has(interfaceName) ? (behind.get(interfaceName) ?? null) : position;
}

/** Whether a row comes from before the place that the others have reached: its interface was away when it was due. */
export function isLate(
  { position }: WalkState,
  { interface: name, row }: MergedRow,
  compare: ComparePlaces,
): boolean {
  return position !== null && compare({ sort: row.sort, interface: name }, placeOf(position)) < 0;
}

/** The state after a page that some interfaces gave nothing for and that has no row. */
export function stayAt(state: WalkState, absent: ReadonlySet<string>): WalkState {
  const behind = new Map(state.behind);
  for (const name of absent) behind.set(name, readUpTo(state, name));
  return { position: state.position, behind };
}

/**
 * The state after a row of the page that follows `state`. Rows of interfaces that were behind come first, before the
 * place that the others have reached; then all go on together.
 *
 * @param absent interfaces that gave nothing for the page: they stay where they are.
 */
export function advance(
  state: WalkState,
  { interface: name, row }: MergedRow,
  absent: ReadonlySet<string>,
  compare: ComparePlaces,
): WalkState {
  const reached: FeedPosition = { keys: row.sort, interface: name, key: row.key };
  // Two places of one interface with equal keys: the row is the later one, for what was read does not come again.
  const isPast = (place: FeedPosition | null): boolean =>
    place === null || compare(placeOf(reached), placeOf(place)) >= 0;
  const behind = new Map<string, FeedPosition | null>();
  for (const away of absent) behind.set(away, readUpTo(state, away));
  if (isPast(state.position)) return { position: reached, behind };
  for (const [late, own] of state.behind)
    if (!absent.has(late)) behind.set(late, isPast(own) ? reached : own);
  return { position: state.position, behind };
}

function placeOf({ keys, interface: name }: FeedPosition): { sort: FeedPosition['keys']; interface: string } {
  return { sort: keys, interface: name };
}
