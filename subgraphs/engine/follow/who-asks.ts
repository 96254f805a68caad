import type { CompiledInterface } from '../compile/compiled-interface.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

/** Who asks a source where several processes serve a county. */
export type WhoAsks =
  /** Each of them, with so many places. */
  | { readonly who: 'each'; readonly places: number }
  /** The one that keeps the county: what a source grants, and what is agreed with it, cannot be divided. */
  | { readonly who: 'keeper' };

/**
 * Sources with a quota, those that are asked over the web (their sessions and secrets are one process's), and those with
 * fewer places than there are processes are asked by one. Places of others are divided.
 *
 * @param processes all that may ask at one time; 1: nobody shares.
 */
export function whoAsks(
  {
    adapter,
    mapping,
  }: Pick<CompiledInterface, 'adapter'> & {
    readonly mapping: Pick<InterfaceMapping, 'limits' | 'source'>;
  },
  processes: number,
): WhoAsks {
  const { concurrent, perMinute, perDay } = mapping.limits;
  // Versions of dropped files are this program's own.
  if (processes === 1 || mapping.source.object.kind === 'file') return { who: 'each', places: concurrent };
  const isCounted = perMinute !== undefined || perDay !== undefined;
  if (isCounted || adapter.capabilities.exchanges || concurrent < processes) return { who: 'keeper' };
  return { who: 'each', places: Math.floor(concurrent / processes) };
}
