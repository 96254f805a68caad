import { type Clock, createClockFrom, systemClock } from '../runtime/clock.js';
import type { Config } from './config/config.js';

/** The county's clock: the machine's, or one that starts on the configured day. */
export function clockOf(config: Config): Clock {
  return config.today === null ? systemClock : createClockFrom(config.today);
}
