import { createSourceCalls } from './calls/source-calls.js';
import type { CompiledInterface } from './compile/compiled-interface.js';
import { createRowsDoor } from './read/rows-door.js';
import type { ServedInterface } from './read/served-interface.js';
import { openSnapshot } from './snapshot/open-snapshot.js';

/** The way to an interface's rows: at their source, or in what is kept of it where the mapping says so. */
export function serveInterface(compiled: CompiledInterface): ServedInterface {
  const calls = createSourceCalls(compiled);
  const live = { compiled, rows: createRowsDoor(compiled, calls) };
  const { snapshots } = compiled.environment;
  if (compiled.mapping.snapshot === undefined || snapshots === undefined) return { ...live, kept: null };
  return openSnapshot(live, calls, snapshots);
}
