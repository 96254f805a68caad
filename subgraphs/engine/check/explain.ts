import { all } from '../../../adapters/condition.js';
import { usualOrdersOf } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { segmentsAfter } from '../read/page/segments.js';
import { compileSort } from '../read/page/sort-order.js';
import { presentOf } from '../read/row/compile-derived.js';
import { compileRowReader } from '../read/row/row-reader.js';
import { composeRead } from '../read/rows-door.js';
import { pushWhere } from '../read/where/push-where.js';

/**
 * What one page of this interface would make the source do, for people.
 *
 * @param where a canonical filter
 * @param order a canonical field, newest first; the kind's first order key when absent
 */
export function explainPage(
  compiled: CompiledInterface,
  where: RowCondition,
  limit: number,
  order?: string,
): string {
  const today = compiled.environment.clock.today();
  const [usual] = compiled.kind === null ? [] : usualOrdersOf(compiled.kind);
  const field = order ?? usual;
  const sort = compileSort(compiled, field === undefined ? [] : [{ field, direction: 'desc' }], false);
  const pushed = pushWhere(compiled, where, presentOf(compiled, today));
  const reader = compileRowReader(compiled, {
    fields: [...compiled.fields.keys()],
    today,
    sort,
    subject: true,
    refs: false,
  });
  const lines = [
    `${compiled.mapping.interface} · ${compiled.mapping.title} (${compiled.adapter.kind})`,
    pushed.residual === null
      ? `filter: ${compiled.adapter.capabilities.filters ? 'all of it at the source' : 'on the cells of what the source sends'}`
      : `filter: after decoding, here: ${JSON.stringify(pushed.residual)}`,
    sort.atSource
      ? 'order: at the source'
      : `order: here, over at most ${compiled.mapping.limits.maxRowsScanned} rows`,
  ];
  if (pushed.condition.kind === 'never') return [...lines, 'no call: no row can match'].join('\n');
  const segments = sort.atSource
    ? segmentsAfter(compiled, sort, undefined, false)
    : [{ where: all([]), orderBy: [] }];
  segments.forEach((segment, index) => {
    lines.push(
      `call ${index + 1}${index > 0 ? ' (only when the page is not full yet)' : ''}:`,
      compiled.adapter.explain(
        composeRead(compiled, {
          columns: reader.columns,
          where: all([pushed.condition, segment.where]),
          orderBy: segment.orderBy,
          limit: sort.atSource ? limit + 1 : compiled.mapping.limits.maxRowsScanned + 1,
        }),
      ),
    );
  });
  return lines.join('\n');
}
