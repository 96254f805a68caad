import type { WorkingDays } from '../engine/values/working-days.js';
import type { RegistryPort } from '../registry-port.js';
import type { CursorCodec } from './cursor.js';
import type { FeedFan } from './feed-fan.js';
import type { Identities } from './identities.js';

/** What every list and statistic of the hub is made from. */
export interface Hub {
  readonly fan: FeedFan;
  readonly registry: RegistryPort;
  readonly identities: Identities;
  readonly cursors: CursorCodec;
  readonly workingDays: WorkingDays;
}
