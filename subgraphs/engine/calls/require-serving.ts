import { DateTime } from 'luxon';
import { SourcePaused } from '../../../adapters/source-error.js';
import { COUNTY_ZONE } from '../../../runtime/clock.js';
import type { Pauses } from '../../port/hands.js';

/** An interface as far as pausing it goes. */
interface Pausable {
  readonly mapping: { readonly interface: string };
  readonly environment: { readonly pauses?: Pauses };
}

/** Whether somebody has paused it. */
export function isPaused({ mapping, environment }: Pausable): boolean {
  return environment.pauses !== undefined && environment.pauses.of(mapping.interface) !== null;
}

/** @throws {SourcePaused} while somebody has paused it: neither its source nor what is kept of it is read then. */
export function requireServing({ mapping, environment }: Pausable): void {
  const pause = environment.pauses?.of(mapping.interface) ?? null;
  if (pause === null) return;
  const until = DateTime.fromMillis(pause.until, { zone: COUNTY_ZONE }).toFormat('yyyy-MM-dd HH:mm');
  throw new SourcePaused(`Cannot read ${mapping.interface}: it must not be paused, but is until ${until}`, {
    detail: `至 ${until}。Until ${until}.`,
  });
}
