import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectVersion } from '../../runtime/project-version.js';
import { digestFiles } from './digest-files.js';

/** What a county's answers are made by: another text when its mappings, code lists, graph or program are others. @param root where they lie. */
export function editionOf(root: string): string {
  const files = ['schema', 'subgraphs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:yaml|graphql)$/.test(name))
      .map((name) => join(root, folder, name)),
  );
  return `${projectVersion()}/${digestFiles(files, root)}`;
}
