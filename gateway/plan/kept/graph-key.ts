import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findProjectRoot } from '../../../runtime/project-root.js';
import type { PlannedGraph } from '../planner-thread.js';

/** To be raised when the same planner's plans are kept, repaired or checked in another way. */
const FORMAT = 1;
const PLANNER_PACKAGES = ['@apollo/query-planner', '@apollo/federation-internals'];

/** What plans depend on besides their document; equal texts for graphs and programs that plan alike. */
export function graphKey({ supergraphSdl, plannedSdl }: PlannedGraph): string {
  return JSON.stringify({
    format: FORMAT,
    own: versionIn(findProjectRoot()),
    planner: PLANNER_PACKAGES.map((name) => versionIn(folderOf(name))),
    served: hash('sha256', supergraphSdl),
    planned: hash('sha256', plannedSdl),
  });
}

/** The packages themselves are loaded by the planner's thread alone. */
function folderOf(packageName: string): string {
  return findProjectRoot(dirname(createRequire(import.meta.url).resolve(packageName)));
}

function versionIn(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return version;
}
