import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StartOptions } from '../verbs/verb-bodies.js';

/** Whatever a county that is configured is read from again. @param root where its subgraphs lie. */
export function countyFiles(root: string, { county }: Pick<StartOptions, 'county'>): readonly string[] {
  const folder = join(root, 'subgraphs');
  const mappings = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:yaml|graphql)$/.test(name),
  );
  const own = county.kind === 'configured' ? [county.configFile] : [];
  return [...own, join(root, 'schema', 'supergraph.graphql'), ...mappings.map((name) => join(folder, name))];
}
