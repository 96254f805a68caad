import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gatewayJsonSchema } from '../../county/config/gateway-schema.js';
import { readCounty } from '../../county/read-county.js';
import { limitsDocument } from '../../gateway/http/limits/limits-document.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { formatProblem, withoutRepeats } from '../../runtime/yaml/problem.js';
import { composeSupergraph, staleFiles } from '../../subgraphs/compose/compose-supergraph.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { ComposeOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';

/**
 * Composes the supergraph and writes, or only compares, the generated files under `schema/` and `docs/limits.md`. A mistake in any file of a
 * department is told, and nothing is written.
 *
 * @param root the project's folder.
 */
export function composeCounty(
  { checkOnly }: ComposeOptions,
  io: VerbIo,
  root: string = findProjectRoot(),
): ExitCode {
  const written = readCounty(root, () => null, { withUnnamed: true }).problems;
  const composition = composeSupergraph(root);
  const refused = composition.kind === 'refused' ? composition.problems : [];
  const errors = withoutRepeats([...written.filter(({ severity }) => severity === 'error'), ...refused]);
  if (composition.kind === 'refused' || errors.length > 0) {
    for (const problem of errors) io.say(formatProblem(problem));
    io.say('schema/ 未改动。schema/ stays as it was.');
    return EXIT.findings;
  }
  const files = new Map([
    ...composition.files,
    [join('schema', 'gateway.v1.json'), gatewayJsonSchema()],
    [join('docs', 'limits.md'), limitsDocument()],
  ]);
  const stale = staleFiles(root, files);
  for (const path of stale) {
    if (checkOnly) {
      io.say(`${path}: 已过期，请运行 npm run compose。Stale: run npm run compose and commit.`);
      continue;
    }
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? '');
    io.say(`${path}: 已写入。Written.`);
  }
  if (stale.length === 0) io.say('schema/ 与源文件一致。schema/ is what the sources give.');
  return checkOnly && stale.length > 0 ? EXIT.findings : EXIT.ok;
}
