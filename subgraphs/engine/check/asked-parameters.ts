import { ALWAYS, type Condition } from '../../../adapters/condition.js';
import { SourceError } from '../../../adapters/source-error.js';
import type { AskedParameter } from '../../../adapters/source-object.js';
import type { SourceRow, SourceValue } from '../../../adapters/source-value.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import { keyText } from '../compile/row-id.js';
import { columnsOfMapping } from '../mapping/mapping-columns.js';
import type { ServedInterface } from '../read/served-interface.js';
import { isFilled } from './draft/filled.js';

/** Rows among which a value to ask by is looked for. */
const SAMPLE_ROWS = 200;

type Filled = Exclude<SourceValue, null>;

/**
 * Asks the source once by each parameter of `ask`, with a value that it just sent: a parameter of a wrong name or type
 * is refused by some sources, and makes others leave out rows without a word.
 */
export async function askedParameters(
  served: ServedInterface,
  context: CallContext,
): Promise<readonly Problem[]> {
  const { ask = [], needs = [] } = served.compiled.mapping.source.object;
  // What cannot be read whole shows no values to ask by.
  if (ask.length === 0 || needs.length > 0) return [];
  const { mapping } = served.compiled;
  const read = columnsOfMapping(mapping);
  const used = ask.filter(({ column }) => read.includes(column));
  const unused = ask.filter(({ column }) => !read.includes(column));
  const columns = [...new Set([...mapping.key, ...used.map(({ column }) => column)])];
  const rows = await served.rows.read({ columns, where: ALWAYS, orderBy: [], limit: SAMPLE_ROWS }, context);
  const problems: Problem[] = unused.map((asked) => neverAsked(served, asked));
  for (const asked of used) problems.push(...(await askBy(asked, { served, columns, rows }, context)));
  return problems;
}

function neverAsked({ compiled }: ServedInterface, { param, column }: AskedParameter): Problem {
  return {
    rule: 'ask-unused',
    severity: 'warning',
    place: compiled.mapping.source.place,
    zh: `没有字段读取列 ${column}，因此不会用到参数 ${param}。`,
    en: `The source is never asked by ${param}: no field, key or subject reads the column ${column}.`,
  };
}

interface Sample {
  readonly served: ServedInterface;
  readonly columns: readonly string[];
  readonly rows: readonly SourceRow[];
}

async function askBy(
  asked: AskedParameter,
  { served, columns, rows }: Sample,
  context: CallContext,
): Promise<readonly Problem[]> {
  const { mapping } = served.compiled;
  const cellOf = (row: SourceRow): SourceValue => row[columns.indexOf(asked.column)] ?? null;
  const wanted = pickRow(rows, asked, cellOf);
  const cell = wanted === undefined ? null : cellOf(wanted);
  if (wanted === undefined || cell === null) return [];
  const keyOf = (row: SourceRow): string =>
    mapping.key.map((column) => keyText(row[columns.indexOf(column)] ?? null)).join('\n');
  try {
    const where = conditionOf(asked, cell);
    const found = await served.rows.read({ columns, where, orderBy: [], limit: SAMPLE_ROWS }, context);
    if (found.length === SAMPLE_ROWS || found.some((row) => keyOf(row) === keyOf(wanted))) return [];
    return [
      tell(served, asked, cell, {
        zh: '数据源没有返回它刚返回过的行',
        en: 'the source must send a row that it just sent, but does not',
      }),
    ];
  } catch (error) {
    if (!(error instanceof SourceError) || error.retryable) throw error;
    return [tell(served, asked, cell, { zh: error.detail ?? '数据源拒绝', en: error.message })];
  }
}

/** Few rows lie beyond the outermost one. */
function pickRow(
  rows: readonly SourceRow[],
  { by }: AskedParameter,
  cellOf: (row: SourceRow) => SourceValue,
): SourceRow | undefined {
  const filled = rows.filter((row) => isFilled(cellOf(row)));
  if (by === 'key' || by === 'keys') return filled[0];
  const sorted = [...filled].sort((left, right) => compareCells(cellOf(left), cellOf(right)));
  return sorted.at(by === 'from' ? -1 : 0);
}

function compareCells(left: SourceValue, right: SourceValue): number {
  const distance = Number(left) - Number(right);
  if (!Number.isNaN(distance)) return distance;
  return String(left) < String(right) ? -1 : 1;
}

const OPERATORS = { key: 'eq', keys: 'eq', from: 'gte', to: 'lte' } as const;

function conditionOf({ by, column }: AskedParameter, value: Filled): Condition {
  return { kind: 'compare', column, op: OPERATORS[by], value };
}

function tell(
  { compiled }: ServedInterface,
  { param, column, by }: AskedParameter,
  cell: Filled,
  found: { readonly zh: string; readonly en: string },
): Problem {
  const value = JSON.stringify(String(cell));
  return {
    rule: 'ask-fails',
    severity: 'error',
    place: compiled.mapping.source.place,
    zh: `按参数 ${param}（${by}，列 ${column}）查询 ${value}：${found.zh}。`,
    en: `Asked by ${param} (${by}, column ${column}) for ${value}: ${found.en.replace(/\.$/, '')}.`,
  };
}
