import { relative } from 'node:path';
import type { GatewayOptions } from '../../gateway/create-gateway.js';
import type { Logger } from '../../gateway/observe/logger.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import type { VerbIo } from '../verbs/verb-io.js';

/** What the gateway is told of registered operations; each file that cannot be used is said and logged. */
export function registeredOf(
  folder: string | null,
  logger: Logger,
  io: Pick<VerbIo, 'say'>,
): Pick<GatewayOptions, 'operations'> {
  if (folder === null) return {};
  return {
    operations: {
      folder,
      onProblem: (problem) => {
        const file = relative(process.cwd(), problem.place.file);
        const text = formatProblem({ ...problem, place: { ...problem.place, file } });
        io.say(text);
        logger.error({ rule: problem.rule, ...problem.place, file }, text);
      },
    },
  };
}
