import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, parse } from 'graphql';
import { findProjectRoot } from '../../../runtime/project-root.js';
import { readRoverConfig } from '../../compose/rover-config.js';
import { subgraphFolder } from '../../subgraph-folder.js';
import { loadCodeLists } from '../../values/codes/code-lists.js';
import type { CodecEnvironment } from '../../values/make-codec.js';
import { enumsOf } from '../check/lint.js';
import { readSdl } from '../department.js';

let known: CodecEnvironment | null = null;

/** The county's own code lists and townships, with a person key for tests; read once by each suite. */
export function testCodecEnvironment(): CodecEnvironment {
  known ??= readEnvironment();
  return known;
}

function readEnvironment(): CodecEnvironment {
  const root = findProjectRoot();
  const canonical = parse(readFileSync(join(root, 'schema', 'canonical.graphql'), 'utf8'));
  const own = readRoverConfig(join(root, 'rover.yaml')).map(({ name }) => documentOf(root, name));
  const folder = loadCodeLists(join(root, 'schema', 'codes'), enumsOf(canonical, ...own), root);
  return { ...folder, personKey: 'engine-test-person-key' };
}

/** Its mappings are not read: most suites of departments need this environment, and reading all takes a second. */
function documentOf(root: string, name: string): DocumentNode | null {
  const file = join(subgraphFolder(name), 'schema.graphql');
  return readSdl(join(root, file), file).document;
}
