import { ALWAYS } from '../../../adapters/condition.js';
import type { CallBounds, SourceShape } from '../../../adapters/source-adapter.js';
import { SourceError } from '../../../adapters/source-error.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { durationText } from '../../../runtime/duration-text.js';
import { ERROR_CATALOGUE } from '../../../runtime/errors.js';
import { nearestWord } from '../../../runtime/nearest-word.js';
import type { Place } from '../../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import { usualOrdersOf } from '../../kinds/kinds.js';
import type { CompiledField, CompiledInterface } from '../compile/compiled-interface.js';
import { mappedColumns } from '../mapping/mapping-columns.js';
import { promiseOf, readKeyFaults } from '../read/keys/key-faults.js';
import type { ServedInterface } from '../read/served-interface.js';
import { readGroups } from '../read/tally/read-groups.js';
import { askedParameters } from './asked-parameters.js';
import { snapshotCost } from './snapshot-cost.js';
import { snapshotGain } from './snapshot-gain.js';
import { unreadableCells } from './unreadable-cells.js';
import { unsortableOrders } from './unsortable-orders.js';

/** What a probe found; `reachable` is false when the source did not answer at all. */
interface ProbeResult {
  readonly reachable: boolean;
  readonly problems: readonly Problem[];
}

/** At most so many distinct cells of a coded column are looked at. */
const MAX_CODES = 1000;

/**
 * Looks at the live source, read-only and bounded: columns, keys, codes, cells, parameters, watermark, indexes.
 *
 * @param siblings every interface of the department, of which one may give keys to another.
 */
export async function probeInterface(
  served: ServedInterface,
  context: CallContext,
  siblings: readonly ServedInterface[] = [],
): Promise<ProbeResult> {
  const { compiled } = served;
  const bounds: CallBounds = {
    signal: context.signal,
    timeoutMs: Math.max(1, context.deadline - Date.now()),
    maxBytes: compiled.mapping.limits.maxBytes,
  };
  let shape: SourceShape;
  try {
    shape = await compiled.adapter.describe(compiled.from.name, bounds);
  } catch (error) {
    return unreadable(compiled, error);
  }
  const missing = missingColumns(compiled, shape);
  if (missing.some(({ severity }) => severity === 'error')) return { reachable: true, problems: missing };
  try {
    // What is asked by key or filter alone has no rows that could be looked at together.
    if (!compiled.isListed) {
      return { reachable: true, problems: [...missing, ...(await snapshotCost(served, siblings, context))] };
    }
    const found = await Promise.all([
      uniqueKeys(served, shape, context),
      knownCodes(served, context),
      movingWatermark(served, context),
      unsortableOrders(served, context),
      unreadableCells(served, context),
      snapshotGain(served, context),
    ]);
    const indexes = await usefulIndexes(served, shape, context);
    const asked = await askedParameters(served, context);
    return { reachable: true, problems: [...missing, ...found.flat(), ...indexes, ...asked] };
  } catch (error) {
    return unreadable(compiled, error);
  }
}

function unreadable(compiled: CompiledInterface, error: unknown): ProbeResult {
  if (!(error instanceof SourceError)) throw error;
  const { place, source } = compiled.mapping;
  return {
    reachable: error.code !== 'SOURCE_UNAVAILABLE' && error.code !== 'SOURCE_TIMEOUT',
    problems: [
      problem(
        'source-failed',
        place,
        `无法读取 ${source.connection} 的 ${compiled.from.name}：${error.detail ?? ERROR_CATALOGUE[error.code].message}`,
        `Cannot read ${compiled.from.name}: ${error.message.replace(/^Cannot read [^:]*: /, '')}`,
      ),
    ],
  };
}

function problem(
  rule: string,
  place: Place,
  zh: string,
  en: string,
  severity: Problem['severity'] = 'error',
): Problem {
  return { rule, severity, place, zh, en };
}

function missingColumns(compiled: CompiledInterface, shape: SourceShape): readonly Problem[] {
  const { mapping } = compiled;
  const known = new Set(shape.columns.map((column) => column.name));
  // An answer need not name what is empty in all its rows, so that of these only the key is certainly missing.
  const isSample = compiled.adapter.capabilities.exchanges;
  return mappedColumns(mapping)
    .filter(({ column }) => !known.has(column))
    .map(({ column, place }) => {
      const nearest = nearestWord(column, known);
      return problem(
        'column-missing',
        place,
        `${compiled.from.name} 没有列“${column}”${nearest === null ? '' : `，是否想写“${nearest}”`}。`,
        `${compiled.from.name} must have a column "${column}", but has not${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
        isSample && (known.size === 0 || !mapping.key.includes(column)) ? 'warning' : 'error',
      );
    });
}

/** Every row must have a key of its own: others are left out of lists. */
async function uniqueKeys(
  served: ServedInterface,
  shape: SourceShape,
  context: CallContext,
): Promise<readonly Problem[]> {
  const { mapping } = served.compiled;
  const { keyless, repeatedKeys, repeatedRows } = await readKeyFaults(
    served,
    promiseOf(served.compiled, shape),
    context,
  );
  const key = mapping.key.join(', ');
  return [
    ...(keyless === 0
      ? []
      : [
          problem(
            'key-missing',
            mapping.place,
            `有 ${keyless} 行的键 ${key} 为空，不会列出。`,
            `Every row must have a key ${key}, but ${keyless} rows have none and are not listed.`,
          ),
        ]),
    ...(repeatedKeys === 0
      ? []
      : [
          problem(
            'key-not-unique',
            mapping.place,
            `键 ${key} 不唯一：${repeatedRows} 行共用 ${repeatedKeys} 个值，分页时会遗漏。`,
            `The key ${key} must be unique, but ${repeatedKeys} values occur more than once, in ${repeatedRows} rows; pages leave some of them out.`,
          ),
        ]),
  ];
}

async function knownCodes(served: ServedInterface, context: CallContext): Promise<readonly Problem[]> {
  const coded = [...served.compiled.fields.values()].filter(
    (field): field is Extract<CompiledField, { kind: 'column' }> =>
      field.kind === 'column' && (field.mapping.type === 'Code' || field.mapping.type === 'Codes'),
  );
  const found = await Promise.all(coded.map((field) => unknownCodesOf(served, field, context)));
  return found.flat();
}

async function unknownCodesOf(
  served: ServedInterface,
  field: Extract<CompiledField, { kind: 'column' }>,
  context: CallContext,
): Promise<readonly Problem[]> {
  const groups = await readGroups(
    served,
    { columns: [field.column], where: ALWAYS, maxGroups: MAX_CODES },
    context,
  );
  const unknown = groups.filter((group) =>
    field.codec.decode(group.key[0] ?? null).quality.includes('CODE_UNKNOWN'),
  );
  if (unknown.length === 0) return [];
  const rows = unknown.reduce((sum, group) => sum + group.count, 0);
  const values = unknown.slice(0, 5).map((group) => `"${String(group.key[0])}"`);
  return [
    problem(
      'code-unknown',
      field.mapping.place,
      `列 ${field.column} 有 ${rows} 行的代码不在 ${field.mapping.codes} 中：${values.join('、')}。`,
      `${rows} rows of ${field.column} hold codes that are not in ${field.mapping.codes}: ${values.join(', ')}.`,
      'warning',
    ),
  ];
}

async function movingWatermark(
  { compiled, rows: door }: ServedInterface,
  context: CallContext,
): Promise<readonly Problem[]> {
  const { watermark, mapping } = compiled;
  if (watermark === null || !compiled.adapter.capabilities.tallies) return [];
  const [group] = await door.tally(
    { of: 'versions', where: ALWAYS, groupBy: [], max: [watermark.column], maxGroups: 1 },
    context,
  );
  const value = watermark.codec.decode(group?.max[0] ?? null).value;
  if (typeof value !== 'string') {
    return [
      problem(
        'watermark-unreadable',
        mapping.place,
        `水位列 ${watermark.column} 没有可读的时间。`,
        `The watermark ${watermark.column} must hold times, but its greatest cell cannot be read.`,
        'warning',
      ),
    ];
  }
  const ageSeconds = (compiled.environment.clock.now().getTime() - Date.parse(value)) / 1000;
  const { failSeconds = Number.POSITIVE_INFINITY } = mapping.watermark ?? {};
  if (ageSeconds <= failSeconds) return [];
  const limit = durationText(failSeconds);
  return [
    problem(
      'watermark-stale',
      mapping.place,
      `数据截至 ${value}，已超过 ${limit.zh}。`,
      `The newest row must be younger than ${limit.en}, but is of ${value}.`,
      'warning',
    ),
  ];
}

/** A table of fewer rows is sorted faster than anybody notices. */
const SMALL_TABLE = 10_000;

/** An order without an index is a full sort of the table for every page; `latest` without one ranks it all. */
async function usefulIndexes(
  { compiled, rows: door }: ServedInterface,
  shape: SourceShape,
  context: CallContext,
): Promise<readonly Problem[]> {
  const missing = missingIndexes(compiled, shape);
  if (missing.length === 0) return [];
  const [table] = await door.tally({ of: 'versions', where: ALWAYS, groupBy: [], maxGroups: 1 }, context);
  return (table?.count ?? 0) < SMALL_TABLE ? [] : missing;
}

function missingIndexes(compiled: CompiledInterface, shape: SourceShape): readonly Problem[] {
  const { mapping, adapter } = compiled;
  // Where nobody can make one, none is asked for.
  if (adapter.suggestIndex === undefined) return [];
  const orders = compiled.kind === null ? [] : usualOrdersOf(compiled.kind);
  const ordered = orders.flatMap((name) => {
    const field = compiled.fields.get(name);
    if (field?.kind !== 'column' || field.codec.sort === undefined) return [];
    const columns = [field.column, ...mapping.key];
    return missingIndex(compiled, shape, `ordering by "${name}"`, columns, field.mapping.place);
  });
  const { latest } = mapping;
  if (latest === undefined) return ordered;
  const groups = [...latest.by, ...latest.newest];
  return [...ordered, ...missingIndex(compiled, shape, 'finding the newest row', groups, mapping.place)];
}

function missingIndex(
  compiled: CompiledInterface,
  shape: SourceShape,
  purpose: string,
  wanted: readonly string[],
  place: Place,
): readonly Problem[] {
  const columns = [...new Set(wanted)];
  const has = shape.indexes.some((index) =>
    columns.every((column, position) => index.columns[position] === column),
  );
  const statement = has ? null : (compiled.adapter.suggestIndex?.(compiled.from.name, columns) ?? null);
  if (statement === null) return [];
  return [
    problem(
      'index-missing',
      place,
      `建议数源单位建立索引：${statement}`,
      `At the source, ${purpose} needs ${statement}`,
      'warning',
    ),
  ];
}
