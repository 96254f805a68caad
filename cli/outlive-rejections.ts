import { createLogger } from '../gateway/observe/logger.js';

/**
 * Keeps this thread's requests alive when a promise is rejected that nobody waits for: it belongs to one of them, if to
 * any. What was thrown is logged as an error; exceptions outside promises still end the process.
 */
export function outliveRejections(): void {
  const logger = createLogger('error');
  process.on('unhandledRejection', (reason) => {
    logger.error({ code: 'INTERNAL', err: reason }, 'unhandled rejection');
  });
}
