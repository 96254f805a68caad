import type { Condition } from '../../condition.js';
import { SourceRejected, SourceTooLarge } from '../../source-error.js';
import type { AskedParameter } from '../../source-object.js';
import type { AskedObject } from '../asked-object.js';
import type { WebParameters } from '../web-protocol.js';
import { boundColumn } from './bound-columns.js';
import { groupCalls, type PlannedCall } from './group-calls.js';
import { type Alternatives, type CostOf, type Pins, pinColumns } from './pin-columns.js';
import { canSpell, isSplit } from './spell-values.js';

/** More single calls than any source should have to bear for one read. */
const MAX_CALLS = 1000;
/** Alternatives that give what the source needs come before all that do not. */
const UNREADABLE = 1e9;

/**
 * The calls that together send every row of the condition, and maybe others.
 *
 * @param canSend as `WebProtocol.canSend`.
 * @throws {SourceRejected} when the object must be asked by something that the condition does not give.
 * @throws {SourceTooLarge} when it would take more than a thousand calls.
 */
export function planCalls(
  definition: AskedObject,
  condition: Condition,
  canSend: (value: string) => boolean,
): readonly PlannedCall[] {
  const { needs, fixed } = definition;
  const keyed = chooseParameters(definition);
  const ranges = boundParameters(definition, condition, canSend);
  const needed = new Set(keyed.filter(({ param }) => needs.includes(param)).map(({ column }) => column));
  const isFree = needs.length === 0 || needs.some((param) => ranges.has(param));
  const isEnough = (pins: Pins) => isFree || [...needed].some((column) => pins.has(column));
  const costOf: CostOf = (alternatives) => {
    const calls = groupCalls(alternatives, keyed).length;
    return alternatives.every(isEnough) ? calls : calls + UNREADABLE;
  };
  const pinned = pinColumns(condition, new Set(keyed.map(({ column }) => column)), costOf);
  const alternatives = sendable(pinned, keyed, canSend, isEnough);
  if (!alternatives.every(isEnough)) throw refuseWhole(definition);
  const calls = groupCalls(alternatives, keyed).map(({ parameters, asked }) => ({
    parameters: new Map([...fixed, ...ranges, ...parameters]),
    asked,
  }));
  if (calls.length > MAX_CALLS) {
    throw new SourceTooLarge(
      `Cannot read the source: one read may take ${MAX_CALLS} calls, but this takes ${calls.length}`,
      { detail: '一次查询的标识过多，请分批查询 / Too many keys at once: ask for fewer' },
    );
  }
  return calls;
}

/** One parameter of each column: rather one that the source needs, rather one that takes several values. */
function chooseParameters({ ask, needs }: AskedObject): readonly AskedParameter[] {
  const rank = ({ param, by }: AskedParameter) => (needs.includes(param) ? 2 : 0) + (by === 'keys' ? 1 : 0);
  const chosen = new Map<string, AskedParameter>();
  for (const each of ask) {
    if (each.by !== 'key' && each.by !== 'keys') continue;
    const known = chosen.get(each.column);
    if (known === undefined || rank(each) > rank(known)) chosen.set(each.column, each);
  }
  return [...chosen.values()];
}

function boundParameters(
  { ask }: AskedObject,
  condition: Condition,
  canSend: (value: string) => boolean,
): WebParameters {
  const parameters = new Map<string, string>();
  for (const asked of ask) {
    const { by, param, column, fill = '' } = asked;
    if (by !== 'from' && by !== 'to') continue;
    const bound = boundColumn(condition, column)[by];
    if (bound === null || bound === '') continue;
    const value = bound + fill.slice(bound.length);
    if (canSend(value) && canSpell(asked, value)) parameters.set(param, value);
  }
  return parameters;
}

/**
 * Takes out what no request can say. A text that cannot be sent stands in no row. One that would be misread, as nothing
 * or as several, is not asked for but looked for in everything; where that is not to be had, no row can be reached by it.
 */
function sendable(
  alternatives: Alternatives,
  keyed: readonly AskedParameter[],
  canSend: (value: string) => boolean,
  isEnough: (pins: Pins) => boolean,
): Alternatives {
  const isMisread = (column: string, text: string) =>
    text === '' || keyed.some((ask) => ask.column === column && isSplit(ask, text));
  const isSayable = (column: string, text: string) =>
    canSend(text) && keyed.every((ask) => ask.column !== column || canSpell(ask, text));
  const kept = alternatives.flatMap((pins) => {
    if (![...pins].every(([column, text]) => isSayable(column, text))) return [];
    const said = new Map([...pins].filter(([column, text]) => !isMisread(column, text)));
    return isEnough(said) || !isEnough(pins) ? [said] : [];
  });
  return kept.some((pins) => pins.size === 0) ? [new Map()] : kept;
}

function refuseWhole({ ask, needs }: AskedObject): SourceRejected {
  const filterBy = new Set(ask.filter(({ param }) => needs.includes(param)).map(({ column }) => column));
  return new SourceRejected(
    `Cannot read the source as a whole: the filter must give one of ${needs.join(', ')}, but gives none`,
    {
      filterBy: [...filterBy],
      detail:
        '此数据接口不能整体读取，须按其标识字段筛选 / This interface cannot be read as a whole: filter by one of its key fields',
    },
  );
}
