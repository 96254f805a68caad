import type { InterfaceInfo } from '../../feed/feed.js';
import { canAnswer, canMatch } from '../fan/can-contribute.js';
import { AT_THE_START, type WalkState } from '../fan/walk-state.js';
import type { Hub } from '../hub.js';
import { markOf } from './cursor.js';
import type { RowsQuery } from './rows-query.js';

/** Which interfaces a page of a walk asks, and from where. */
export interface PlannedWalk {
  readonly taking: readonly InterfaceInfo[];
  /** They could contribute, but the walk began before there was such an interface. */
  readonly leftOut: readonly InterfaceInfo[];
  readonly state: WalkState;
  /** Marks of the walk's interfaces. */
  readonly marks: ReadonlySet<string>;
}

/** @throws CURSOR_INVALID */
export function planWalk(hub: Hub, { kind, where, ofSubject, window, digest }: RowsQuery): PlannedWalk {
  const candidates = hub.fan
    .interfacesOf(kind)
    .filter((info) => canMatch(info, where) && (ofSubject || canAnswer(info, where)));
  if (window.cursor === null) {
    const marks = new Set(candidates.map(({ name }) => markOf(name)));
    return { taking: candidates, leftOut: [], state: AT_THE_START, marks };
  }
  const cursor = hub.cursors.openRow(digest, window.cursor);
  const behind = new Map<string, WalkState['position']>();
  for (const { name } of candidates) {
    const place = cursor.behind.get(markOf(name));
    // Who is behind in one direction has nothing that is left out in the other.
    if (place !== undefined && cursor.backward === window.backward) behind.set(name, place);
  }
  const isInWalk = ({ name }: InterfaceInfo): boolean => cursor.walk.has(markOf(name));
  return {
    taking: candidates.filter(isInWalk),
    leftOut: candidates.filter((info) => !isInWalk(info)),
    state: { position: cursor.position, behind },
    marks: cursor.walk,
  };
}

/** The cursor at which a walk goes on from a state. */
export function sealState(
  hub: Hub,
  { digest, window }: RowsQuery,
  walk: PlannedWalk,
  state: WalkState,
): string {
  return hub.cursors.sealRow(digest, {
    position: state.position,
    walk: walk.marks,
    behind: new Map([...state.behind].map(([name, place]) => [markOf(name), place])),
    backward: window.backward,
  });
}
