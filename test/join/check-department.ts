import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import type { ConnectionConfig } from '../../adapters/kinds.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { composeSupergraph } from '../../subgraphs/compose/compose-supergraph.js';
import { conform } from '../../subgraphs/compose/conform.js';
import { readRoverConfig } from '../../subgraphs/compose/rover-config.js';
import { enumsOf, lintDepartment } from '../../subgraphs/engine/check/lint.js';
import { readDepartment } from '../../subgraphs/engine/department.js';
import { HUB } from '../../subgraphs/subgraph-folder.js';
import { loadCodeLists } from '../../subgraphs/values/codes/code-lists.js';

/** What `lint` and `conform` say of one department of a county, as they print it. */
export function checkDepartment(
  root: string,
  name: string,
  connections: ReadonlyMap<string, ConnectionConfig>,
): readonly string[] {
  const canonical = parse(readFileSync(join(root, 'schema', 'canonical.graphql'), 'utf8'));
  const files = readRoverConfig(join(root, 'rover.yaml'))
    .filter((subgraph) => subgraph.name !== HUB)
    .map((subgraph) => readDepartment(root, subgraph.name));
  const enums = enumsOf(canonical, ...files.map(({ document }) => document));
  const codes = loadCodeLists(join(root, 'schema', 'codes'), enums, root);
  const dialects = new Map([...connections].map(([connection, { dialect }]) => [connection, dialect]));
  return [
    ...files
      .filter((department) => department.name === name)
      .flatMap((department) =>
        lintDepartment(department, { ...codes, enums, connections: dialects, mostMs: 60_000 }),
      ),
    ...conform(root, composeSupergraph(root)),
  ].map(formatProblem);
}
