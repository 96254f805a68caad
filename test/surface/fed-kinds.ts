import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { ROW_KINDS, type RowKind } from '../../subgraphs/kinds/kinds.js';

/** Kinds of rows that some department's mapping feeds. */
export function fedKinds(): readonly RowKind[] {
  const folder = join(findProjectRoot(), 'subgraphs', 'departments');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const mappings = files.filter((file) => /^[^/]+\/[^/]+\.yaml$/.test(file));
  const fed = mappings.map((file) => /^feeds: (\w+)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1]);
  return ROW_KINDS.filter((kind) => fed.includes(kind));
}
