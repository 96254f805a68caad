import { ALWAYS } from '../../../adapters/condition.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import type { Wording } from '../../../runtime/yaml/wording.js';
import { usualOrdersOf } from '../../kinds/kinds.js';
import { TEXT_FORMATS, type TextFormat } from '../../values/dates/date-format.js';
import { layoutOf } from '../../values/dates/layout.js';
import type { CompiledField } from '../compile/compiled-interface.js';
import type { ServedInterface } from '../read/served-interface.js';
import { isFilled } from './draft/filled.js';

/** Fewer rows are read and sorted here before anybody notices. */
const FEW_ROWS = 100;
/** Cells looked at to find a format that would do. */
const SAMPLE_ROWS = 500;

type ColumnField = Extract<CompiledField, { kind: 'column' }>;

/**
 * Dates in whose order lists are read, and by which the source cannot sort because the mapping's format is none that
 * sorts as text does: every page reads all rows.
 */
export async function unsortableOrders(
  served: ServedInterface,
  context: CallContext,
): Promise<readonly Problem[]> {
  const { compiled } = served;
  const { orders, tallies } = compiled.adapter.capabilities;
  // Where the source sorts nothing, no format would help.
  if (compiled.kind === null || !orders || !tallies) return [];
  const fields = usualOrdersOf(compiled.kind)
    .map((name) => compiled.fields.get(name))
    .filter((field): field is ColumnField => field?.kind === 'column' && isUnsortableDate(field));
  if (fields.length === 0) return [];
  const [all] = await served.rows.tally({ where: ALWAYS, groupBy: [], maxGroups: 1 }, context);
  const count = all?.count ?? 0;
  if (count < FEW_ROWS) return [];
  return Promise.all(fields.map((field) => unsortable(field, count, served, context)));
}

function isUnsortableDate({ codec, mapping }: ColumnField): boolean {
  return codec.sort === undefined && (mapping.type === 'Date' || mapping.type === 'DateTime');
}

async function unsortable(
  { name, column, mapping }: ColumnField,
  count: number,
  { compiled, rows }: ServedInterface,
  context: CallContext,
): Promise<Problem> {
  const cells = await rows.read(
    { columns: [column], where: ALWAYS, orderBy: [], limit: SAMPLE_ROWS },
    context,
  );
  const advice = adviseFormat(cells.map(([cell]) => cell ?? null));
  const { maxRowsScanned } = compiled.mapping.limits;
  const total = count.toLocaleString('en-US');
  const refused: Wording =
    count > maxRowsScanned
      ? {
          zh: `，超过上限 ${maxRowsScanned}，会被拒绝`,
          en: `, more than the ${maxRowsScanned} allowed: they are refused`,
        }
      : { zh: '', en: '' };
  return {
    rule: 'unsortable-date',
    severity: 'warning',
    place: mapping.place,
    zh: `数据源无法按“${name}”（列 ${column}，format: ${mapping.format ?? 'native'}）排序，每一页都要读取全部 ${total} 行${refused.zh}。${advice.zh}`,
    en: `The source cannot sort by "${name}" (column ${column}, format: ${mapping.format ?? 'native'}): every page reads all ${total} rows${refused.en}. ${advice.en}`,
  };
}

/** The format that most cells have, and what has to happen for it to do. */
function adviseFormat(cells: readonly SourceValue[]): Wording {
  const filled = cells.filter(isFilled).map((cell) => String(cell).trim());
  const [best] = TEXT_FORMATS.map((format) => ({ format, hits: hitsOf(format, filled) })).sort(
    (left, right) => right.hits - left.hits,
  );
  if (best === undefined || best.hits === 0) {
    return {
      zh: '若来源改写为固定格式（如 yyyy-MM-dd），即可用 format: yyyy-MM-dd, sorts: asText。',
      en: 'Written in one format such as yyyy-MM-dd, it could say format: yyyy-MM-dd, sorts: asText.',
    };
  }
  const keys = `format: ${best.format}, sorts: asText`;
  if (best.hits === filled.length) {
    return {
      zh: `所见 ${filled.length} 个值都是 ${best.format}，可写 ${keys}。`,
      en: `All ${filled.length} cells that were looked at are ${best.format}: write ${keys}.`,
    };
  }
  const others = filled.find((cell) => !matches(best.format, cell)) ?? '';
  return {
    zh: `所见 ${filled.length} 个值中有 ${best.hits} 个是 ${best.format}（另有如“${others}”），来源统一后可写 ${keys}。`,
    en: `${best.hits} of ${filled.length} cells that were looked at are ${best.format} (others are like "${others}"): once all are, write ${keys}.`,
  };
}

function hitsOf(format: TextFormat, cells: readonly string[]): number {
  return cells.filter((cell) => matches(format, cell)).length;
}

function matches(format: TextFormat, cell: string): boolean {
  return layoutOf(format).cell.test(cell);
}
