import type { CallContext } from '../../../runtime/call/call-context.js';
import type { Hub } from '../hub.js';
import { askRegistry } from './ask-registry.js';

/** Owners that satisfied a condition, by canonical id of what they own. */
export type OwnersByOwned = ReadonlyMap<string, readonly string[]>;

interface OwnerSearch {
  /** Only what these own is looked for; null: whatever anybody owns. */
  readonly within: ReadonlySet<string> | null;
  /** Begin with the owners of those in `within`, rather than with everybody who satisfies the condition. */
  readonly fromOwned: boolean;
  /** Those who satisfy the condition; `among` null: of everybody. */
  satisfy(among: ReadonlySet<string> | null): Promise<ReadonlySet<string>>;
}

/** Which subjects have an owner that satisfies a condition, and which owners those are. */
export async function findOwned(
  hub: Hub,
  { within, fromOwned, satisfy }: OwnerSearch,
  context: CallContext,
): Promise<OwnersByOwned> {
  if (within !== null && fromOwned) {
    const ownersOf = await relations(hub, within, false, context);
    const fitting = await satisfy(new Set([...ownersOf.values()].flat()));
    return keepFilled([...ownersOf].map(([id, all]) => [id, all.filter((one) => fitting.has(one))]));
  }
  const owned = await relations(hub, await satisfy(null), true, context);
  const ownersOf = new Map<string, string[]>();
  for (const [owner, subjects] of owned) {
    for (const subject of subjects) {
      if (within !== null && !within.has(subject)) continue;
      const known = ownersOf.get(subject);
      if (known === undefined) ownersOf.set(subject, [owner]);
      else known.push(owner);
    }
  }
  return ownersOf;
}

/** Of what every one of several searches found, all owners; null of no search. */
export function uniteOwners(found: readonly OwnersByOwned[]): OwnersByOwned | null {
  const [only, ...others] = found;
  if (only === undefined) return null;
  return new Map(
    [...only].map(([id, owners]) => [
      id,
      [...new Set([owners, ...others.map((map) => map.get(id) ?? [])].flat())],
    ]),
  );
}

async function relations(hub: Hub, ids: ReadonlySet<string>, reverse: boolean, context: CallContext) {
  if (ids.size === 0) return new Map<string, readonly string[]>();
  return askRegistry(() => hub.registry.related([...ids], 'OWNER', reverse, context));
}

function keepFilled(entries: readonly (readonly [string, readonly string[]])[]): OwnersByOwned {
  return new Map(entries.filter(([, list]) => list.length > 0));
}
