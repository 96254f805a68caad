import { createSourceCalls, type SourceCalls } from './calls/source-calls.js';
import type { CompiledInterface } from './compile/compiled-interface.js';
import { createToldCalls } from './follow/told-calls.js';
import { whoAsks } from './follow/who-asks.js';
import { createRowsDoor } from './read/rows-door.js';
import type { ServedInterface } from './read/served-interface.js';
import { openKeyedSnapshot } from './snapshot/keys/open-keyed-snapshot.js';
import { openSnapshot } from './snapshot/open-snapshot.js';

/**
 * The way to an interface's rows: at their source, or in what is kept of it where the mapping says so.
 *
 * @param sibling another interface of the department; null: none of that name serves. It is asked when rows are read.
 */
export function serveInterface(
  compiled: CompiledInterface,
  sibling: (name: string) => ServedInterface | null = () => null,
): ServedInterface {
  const calls = openCalls(compiled);
  const live = { compiled, rows: createRowsDoor(compiled, calls) };
  const { snapshots } = compiled.environment;
  const { snapshot: rule } = compiled.mapping;
  if (rule === undefined || snapshots === undefined) return { ...live, calls, kept: null };
  const { keys } = rule;
  if (keys === undefined) return openSnapshot(live, calls, snapshots);
  return openKeyedSnapshot(live, { calls, store: snapshots, rule: { ...rule, keys }, sibling });
}

/** The way to its source, or to the process that asks it for all. */
function openCalls(compiled: CompiledInterface): SourceCalls {
  const { mapping, environment } = compiled;
  const { keeper, processes = 1 } = environment;
  const asks = whoAsks(compiled, processes);
  if (asks.who === 'each') {
    const limits = { ...mapping.limits, concurrent: asks.places };
    return createSourceCalls({ ...compiled, mapping: { ...mapping, limits } });
  }
  return keeper === undefined ? createSourceCalls(compiled) : createToldCalls(compiled, keeper);
}
