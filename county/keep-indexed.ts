import { DateTime } from 'luxon';
import type { Logger } from '../gateway/observe/logger.js';
import { type Clock, COUNTY_ZONE } from '../runtime/clock.js';
import type { Registry } from '../subgraphs/registry/registry.js';

/** How often the index is told what changed. */
const RENEW_EVERY_MS = 60_000;
/** The hour of the county's night from which on it is built anew: deletions, and interfaces that tell no changes. */
const BUILD_HOUR = 3;

/** Sees that there is an index, and keeps it current in the background. @returns what stops that. */
export async function keepIndexed(
  registry: Registry,
  clock: Clock,
  logger: Logger,
  say: (line: string) => void,
): Promise<() => void> {
  const isNew = registry.asOf() === null;
  if (isNew) say('正在建立主体标识索引… Building the identity index …');
  await registry.build();
  const look = (): Promise<void> => renewIndex(registry, clock, logger);
  // What an earlier process left is told at once what changed since.
  if (!isNew) void look();
  const timer = setInterval(() => void look(), RENEW_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Brings the index up to date: wholly where it has not been built since the last night. Never fails. */
export async function renewIndex(
  registry: Pick<Registry, 'asOf' | 'refresh' | 'renew'>,
  clock: Clock,
  logger: Pick<Logger, 'warn'>,
): Promise<void> {
  try {
    const builtAt = registry.asOf();
    const isOfToday = builtAt !== null && Date.parse(builtAt) >= lastNight(clock.now());
    await (isOfToday ? registry.renew() : registry.refresh());
  } catch (error) {
    logger.warn({ err: error }, 'identity index not renewed');
  }
}

function lastNight(now: Date): number {
  const moment = DateTime.fromJSDate(now, { zone: COUNTY_ZONE });
  const tonight = moment.startOf('day').set({ hour: BUILD_HOUR });
  return (tonight <= moment ? tonight : tonight.minus({ days: 1 })).toMillis();
}
