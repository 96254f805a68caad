import type { AskedParameter } from '../../../../adapters/source-object.js';
import type { Place } from '../../../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../../../runtime/yaml/problem.js';
import type { Scheme } from '../../../kinds/subject-key.js';
import type { InterfaceMapping } from '../../mapping/mapping.js';

/** How a source that answers for keys alone is asked. */
export interface AskedKeys {
  /** The column that a key is looked for in. */
  readonly column: string;
  /** What the column says of the row's subject; empty: it is the key of the row. */
  readonly schemes: readonly Scheme[];
  /** Keys that one exchange with the source takes. */
  readonly perExchange: number;
}

/** Where the mapping does not say how many. */
const USUAL_MOST = 100;

/**
 * Null where keys are no way to read the source: it can be read whole, needs something else, or its column names neither
 * the row nor its subject.
 */
export function askedKeysOf({ source, subject, key, limits }: InterfaceMapping): AskedKeys | null {
  const { needs = [], ask = [] } = source.object;
  const [needed, other] = needs;
  if (needed === undefined || other !== undefined) return null;
  const asked = ask.find(({ param, by }) => param === needed && (by === 'key' || by === 'keys'));
  if (asked === undefined) return null;
  const { column } = asked;
  // A number plate is told by two columns.
  const pointers = subject.filter((pointer) => pointer.column === column && pointer.colour === undefined);
  const isKey = key.length === 1 && key[0] === column;
  if (pointers.length === 0 && !isKey) return null;
  return {
    column,
    schemes: pointers.map(({ scheme }) => scheme),
    perExchange: Math.min(limits.keysPerCall, mostOf(asked)),
  };
}

function mostOf({ by, most = USUAL_MOST }: AskedParameter): number {
  return by === 'key' ? 1 : most;
}

/** Of a mapping that gives keys although `askedKeysOf` says null. */
export function notAskedByKeys(place: Place): Problem {
  return {
    rule: 'snapshot-keys',
    severity: 'error',
    place,
    zh: 'keys 只用于 needs 恰为一个参数的来源，且该参数须按标识（by: key 或 keys）查询主键或主体所在的列。',
    en: 'keys belongs to a source that needs one parameter, asked by key or keys, whose column is the key of the row or names its subject; this is none.',
  };
}
