import type { RegistryPort } from '../feed/registry-port.js';
import type { FeedFan } from './fan/feed-fan.js';
import type { CursorCodec } from './rows/cursor.js';
import type { Identities } from './subjects/identities.js';

/** What every list and statistic of the hub is made from. */
export interface Hub {
  readonly fan: FeedFan;
  readonly registry: RegistryPort;
  readonly identities: Identities;
  readonly cursors: CursorCodec;
}
