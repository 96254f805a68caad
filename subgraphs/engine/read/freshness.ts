import { SourceError } from '../../../adapters/source-error.js';
import type { CallContext } from '../../call-context.js';
import { type ErrorCode, publicReason } from '../../errors.js';
import type { InterfaceOutcome } from '../../feed.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import type { ServedInterface } from './engine-feed.js';

export interface Freshness {
  /** Greatest watermark, ISO 8601 at +08:00; null when unknown. */
  readonly asOf: string | null;
  /** Older than the mapping's `fail`. */
  readonly stale: boolean;
  readonly reason: string | null;
}

/** The last known watermark of every interface, so that answers can state their age without asking the source. */
export interface FreshnessBook {
  of(compiled: CompiledInterface): Freshness;
  /** Asks every interface for its watermark and remembers the answers. */
  refresh(served: readonly ServedInterface[], context: CallContext): Promise<readonly InterfaceOutcome[]>;
}

export function createFreshnessBook(): FreshnessBook {
  const watermarks = new Map<string, string>();
  const of = (compiled: CompiledInterface): Freshness => {
    const asOf = watermarks.get(compiled.mapping.interface) ?? null;
    const { failAfterSeconds } = compiled.info;
    if (asOf === null || failAfterSeconds === null) return { asOf, stale: false, reason: null };
    const ageSeconds = (compiled.environment.clock.now().getTime() - Date.parse(asOf)) / 1000;
    if (ageSeconds <= failAfterSeconds) return { asOf, stale: false, reason: null };
    return {
      asOf,
      stale: true,
      reason: `STALE: 数据超过 ${failAfterSeconds} 秒未更新。No news for more than ${failAfterSeconds} seconds.`,
    };
  };
  return {
    of,
    refresh: (served, context) =>
      Promise.all(
        served.map(async (one): Promise<InterfaceOutcome> => {
          const started = performance.now();
          const { compiled } = one;
          const common = {
            interface: compiled.mapping.interface,
            department: compiled.mapping.owner.department,
          };
          try {
            const asOf = await readWatermark(one, context);
            if (asOf !== null) watermarks.set(compiled.mapping.interface, asOf);
            const { stale, ...known } = of(compiled);
            return {
              ...common,
              ...known,
              state: stale ? 'STALE' : 'LIVE',
              tookMs: performance.now() - started,
            };
          } catch (error) {
            const code: ErrorCode = error instanceof SourceError ? error.code : 'INTERNAL';
            return {
              ...common,
              asOf: of(compiled).asOf,
              state: 'MISSING',
              reason: publicReason(code),
              tookMs: performance.now() - started,
            };
          }
        }),
      ),
  };
}

async function readWatermark(
  { compiled, calls }: ServedInterface,
  context: CallContext,
): Promise<string | null> {
  if (compiled.watermark === null || !compiled.adapter.capabilities.tallies) return null;
  const { column, codec } = compiled.watermark;
  const [group] = await calls.tally(
    {
      from: { name: compiled.from.name },
      where: codec.sort?.guard(column) ?? compiled.base,
      groupBy: [],
      max: [column],
      maxGroups: 1,
    },
    context,
  );
  const value = codec.decode(group?.max[0] ?? null).value;
  return typeof value === 'string' ? value : null;
}
