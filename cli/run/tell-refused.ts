import type { Logger } from '../../gateway/observe/logger.js';
import type { VerbIo } from '../verbs/verb-io.js';

/** Says and logs why what was read again does not serve. */
export function tellRefused(
  error: unknown,
  { io, logger }: { readonly io: Pick<VerbIo, 'say'>; readonly logger: Pick<Logger, 'error'> },
): void {
  const said = error instanceof Error ? error.message : String(error);
  io.say(`没有更换，原有的继续服务。Not replaced; what served before serves on. ${said}`);
  logger.error({ said }, 'not replaced: what served before serves on');
}
