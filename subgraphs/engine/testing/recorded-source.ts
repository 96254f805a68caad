import type {
  Capabilities,
  ReadRequest,
  SourceAdapter,
  TallyGroup,
  TallyRequest,
} from '../../../adapters/source-adapter.js';
import type { SourceRow } from '../../../adapters/source-value.js';

/** A request that reached the source, with the rows or groups that left it. */
export type SentRequest =
  | { readonly operation: 'read'; readonly request: ReadRequest; readonly rows: readonly SourceRow[] }
  | { readonly operation: 'tally'; readonly request: TallyRequest; readonly groups: readonly TallyGroup[] };

/** A real source that keeps every request in the order of its answers. */
export interface RecordedSource {
  readonly adapter: SourceAdapter;
  readonly sent: SentRequest[];
}

/**
 * Records what is sent to a source of tables.
 *
 * @param lacking what the engine is told that the source cannot do.
 */
export function recordSource(
  source: SourceAdapter,
  lacking: readonly (keyof Capabilities)[] = [],
): RecordedSource {
  const sent: SentRequest[] = [];
  const adapter: SourceAdapter = {
    kind: source.kind,
    capabilities: { ...source.capabilities, ...Object.fromEntries(lacking.map((name) => [name, false])) },
    read: async (request, bounds) => {
      const rows = await source.read(request, bounds);
      sent.push({ operation: 'read', request, rows });
      return rows;
    },
    tally: async (request, bounds) => {
      const groups = await source.tally(request, bounds);
      sent.push({ operation: 'tally', request, groups });
      return groups;
    },
    describe: (object, bounds) => source.describe(object, bounds),
    probe: (bounds) => source.probe(bounds),
    explain: (request) => source.explain(request),
    close: () => source.close(),
  };
  return { adapter, sent };
}
