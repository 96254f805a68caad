import type { AskedParameter } from '../../source-object.js';
import type { WebParameters } from '../web-protocol.js';
import type { Alternatives } from './pin-columns.js';
import { spellValues } from './spell-values.js';

/** One series of exchanges: its parameters but those of paging, and what its rows must hold. */
export interface PlannedCall {
  readonly parameters: WebParameters;
  /** By column, the texts that were asked for: a source that sends only rows of others has misunderstood. */
  readonly asked: ReadonlyMap<string, ReadonlySet<string>>;
}

const DEFAULT_MOST = 100;

interface CallGroup {
  readonly fixed: ReadonlyMap<string, string>;
  readonly batch: { readonly ask: AskedParameter; readonly texts: Set<string> } | null;
}

/** Alternatives that differ only in what the batch parameter takes become one call, or chunks of one. */
export function groupCalls(
  alternatives: Alternatives,
  keyed: readonly AskedParameter[],
): readonly PlannedCall[] {
  const groups = new Map<string, CallGroup>();
  for (const pins of alternatives) {
    const batchAsk = keyed.find((ask) => ask.by === 'keys' && pins.has(ask.column));
    const text = batchAsk === undefined ? undefined : pins.get(batchAsk.column);
    const fixed = new Map([...pins].filter(([column]) => column !== batchAsk?.column));
    const name = JSON.stringify([batchAsk?.param ?? null, [...fixed].sort()]);
    const known = groups.get(name);
    const batch = batchAsk === undefined ? null : { ask: batchAsk, texts: new Set<string>() };
    const group = known ?? { fixed, batch };
    if (text !== undefined) group.batch?.texts.add(text);
    groups.set(name, group);
  }
  return [...groups.values()].flatMap((group) => splitGroup(group, keyed));
}

function splitGroup({ fixed, batch }: CallGroup, keyed: readonly AskedParameter[]): PlannedCall[] {
  const single = keyed.flatMap((ask): [string, string][] => {
    const text = fixed.get(ask.column);
    return text === undefined ? [] : [[ask.param, spellValues(ask, [text])]];
  });
  const asked = [...fixed].map(([column, text]): [string, ReadonlySet<string>] => [column, new Set([text])]);
  if (batch === null) return [{ parameters: new Map(single), asked: new Map(asked) }];
  const { param, column, most = DEFAULT_MOST } = batch.ask;
  const texts = [...batch.texts];
  const chunks = Array.from({ length: Math.ceil(texts.length / most) }, (_, index) =>
    texts.slice(index * most, (index + 1) * most),
  );
  return chunks.map((chunk) => ({
    parameters: new Map([...single, [param, spellValues(batch.ask, chunk)]]),
    asked: new Map([...asked, [column, new Set(chunk)]]),
  }));
}
