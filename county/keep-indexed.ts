import type { Logger } from '../gateway/observe/logger.js';
import type { Clock } from '../runtime/clock.js';
import type { Registry } from '../subgraphs/registry/registry.js';
import { systemContext } from './system-context.js';

/** How often the identity index is built anew, so that new spellings and subjects are found. */
const RENEW_EVERY_MS = 6 * 3_600_000;
/** How often it is looked at: an index that a dead source left incomplete is built again when it may be back. */
const LOOK_EVERY_MS = 60_000;
const LOOK_BUDGET_MS = 5000;

/**
 * Sees that there is an identity index, and renews it in the background. @returns what stops that.
 *
 * @param broken interfaces that stay away until this process starts again: no renewal waits for them.
 */
export async function keepIndexed(
  registry: Registry,
  clock: Clock,
  logger: Logger,
  say: (line: string) => void,
  broken: ReadonlySet<string>,
): Promise<() => void> {
  if (registry.asOf() === null) say('正在建立主体标识索引… Building the identity index …');
  await registry.build();
  let renewedAt = performance.now();
  const renew = async (): Promise<void> => {
    try {
      const outcomes = await registry.coverage(systemContext(clock, 'index', LOOK_BUDGET_MS));
      const isIncomplete = outcomes.some(
        ({ interface: name, state }) => state === 'MISSING' && !broken.has(name),
      );
      if (!isIncomplete && performance.now() - renewedAt < RENEW_EVERY_MS) return;
      await registry.refresh();
      renewedAt = performance.now();
    } catch (error) {
      logger.warn({ err: error }, 'identity index not renewed');
    }
  };
  const timer = setInterval(() => void renew(), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
