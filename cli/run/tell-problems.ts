import type { Logger } from '../../gateway/observe/logger.js';
import { formatProblem, type Problem } from '../../runtime/yaml/problem.js';
import type { Department } from '../../subgraphs/engine/open-department.js';
import type { VerbIo } from '../verbs/verb-io.js';

/** Says and logs what is wrong in a county's files, one line each, and which interfaces stay away because of it. */
export function tellProblems(
  problems: readonly Problem[],
  departments: readonly Pick<Department, 'broken'>[],
  { io, logger }: { readonly io: VerbIo; readonly logger: Logger },
): void {
  for (const problem of problems.filter(({ severity }) => severity === 'error')) {
    const text = formatProblem(problem);
    const { file, line, column } = problem.place;
    io.say(text);
    logger.error({ rule: problem.rule, file, line, column }, text);
  }
  const missing = departments.flatMap(({ broken }) => broken.map(({ info }) => info.name)).sort();
  if (missing.length === 0) return;
  io.say(
    `更正并重新启动之前，以下接口缺席。Missing until this is corrected and the county started again: ${missing.join(', ')}`,
  );
}
