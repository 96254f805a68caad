import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { composeSupergraph, staleFiles } from '../../subgraphs/compose/compose-supergraph.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { ComposeOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';

/** Composes the supergraph and writes, or only compares, the generated files under `schema/`. */
export function composeCounty({ checkOnly }: ComposeOptions, io: VerbIo): ExitCode {
  const root = findProjectRoot();
  const composition = composeSupergraph(root);
  if (composition.kind === 'refused') {
    for (const error of composition.errors) io.say(`rover.yaml: error composition: ${error}`);
    return EXIT.findings;
  }
  const stale = staleFiles(root, composition.files);
  for (const path of stale) {
    if (checkOnly) {
      io.say(`${path}: 已过期，请运行 npm run compose。Stale: run npm run compose and commit.`);
      continue;
    }
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), composition.files.get(path) ?? '');
    io.say(`${path}: 已写入。Written.`);
  }
  if (stale.length === 0) io.say('schema/ 与源文件一致。schema/ is what the sources give.');
  return checkOnly && stale.length > 0 ? EXIT.findings : EXIT.ok;
}
