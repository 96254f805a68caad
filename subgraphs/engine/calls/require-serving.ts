import { DateTime } from 'luxon';
import { SourceCutOff, SourcePaused } from '../../../adapters/source-error.js';
import { COUNTY_ZONE } from '../../../runtime/clock.js';
import { publicReason } from '../../../runtime/errors.js';
import type { Held, Pause, Pauses } from '../../port/hands.js';

/** An interface as far as holding it back goes. */
interface Holdable {
  readonly mapping: { readonly interface: string };
  readonly environment: { readonly pauses?: Pauses };
}

function heldOf({ mapping, environment }: Holdable, held: Held): Pause | null {
  return environment.pauses?.of(mapping.interface, held) ?? null;
}

/** Whether its source must not be called, because somebody has paused the interface or opened the breaker. */
export function isHeldBack(one: Holdable): boolean {
  return heldOf(one, 'interface') !== null || heldOf(one, 'source') !== null;
}

/** @throws {SourcePaused} while somebody has paused it: neither its source nor what is kept of it is read then. */
export function requireServing(one: Holdable): void {
  const pause = heldOf(one, 'interface');
  if (pause === null) return;
  throw new SourcePaused(
    `Cannot read ${one.mapping.interface}: it must not be paused, but is until ${untilText(pause)}`,
    { detail: untilSentence(pause) },
  );
}

/** @throws {SourcePaused} as `requireServing`. @throws {SourceCutOff} while somebody has opened the breaker of its source. */
export function requireCallable(one: Holdable): void {
  requireServing(one);
  const pause = heldOf(one, 'source');
  if (pause === null) return;
  throw new SourceCutOff(
    `Cannot call the source of ${one.mapping.interface}: its breaker must be closed, but is open by hand until ${untilText(pause)}`,
    { detail: untilSentence(pause) },
  );
}

/** Why what is kept of an interface is not renewed: code and sentence; null: nobody has opened the breaker of its source. */
export function cutOffReason(one: Holdable): string | null {
  const pause = heldOf(one, 'source');
  return pause === null ? null : publicReason('SOURCE_CUT_OFF', untilSentence(pause));
}

function untilSentence(pause: Pause): string {
  const until = untilText(pause);
  return `至 ${until}。Until ${until}.`;
}

function untilText({ until }: Pause): string {
  return DateTime.fromMillis(until, { zone: COUNTY_ZONE }).toFormat('yyyy-MM-dd HH:mm');
}
