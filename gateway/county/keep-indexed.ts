import type { Registry } from '../../subgraphs/registry/registry.js';
import type { Logger } from '../observe/logger.js';

/** How often the identity index is built anew, so that new spellings and subjects are found. */
const EVERY_MS = 6 * 3_600_000;

/** Sees that there is an identity index, and renews it in the background. @returns what stops that. */
export async function keepIndexed(
  registry: Registry,
  logger: Logger,
  say: (line: string) => void,
): Promise<() => void> {
  if (registry.asOf() === null) say('正在建立主体标识索引… Building the identity index …');
  await registry.build();
  const renew = async (): Promise<void> => {
    try {
      await registry.refresh();
    } catch (error) {
      logger.warn({ err: error }, 'identity index not renewed');
    }
  };
  const timer = setInterval(() => void renew(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
