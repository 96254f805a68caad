import { all } from '../../../adapters/condition.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { rowPrice } from '../mapping/row-price.js';
import { segmentsAfter } from '../read/page/segments.js';
import { presentOf } from '../read/row/compile-derived.js';
import { compileRowReader } from '../read/row/row-reader.js';
import { composeRead } from '../read/rows-door.js';
import { pushWhere } from '../read/where/push-where.js';
import { lacksRequired } from '../read/where/required-filter.js';
import { usualSort } from './estimate-page.js';

/**
 * What one page of this interface would make the source do, for people.
 *
 * @param where a canonical filter
 */
export function explainPage(compiled: CompiledInterface, where: RowCondition, limit: number): string {
  const today = compiled.environment.clock.today();
  const sort = usualSort(compiled);
  const pushed = pushWhere(compiled, where, presentOf(compiled, today));
  const reader = compileRowReader(compiled, {
    fields: [...compiled.fields.keys()],
    today,
    sort,
    subject: true,
    refs: false,
  });
  const price = rowPrice(compiled.mapping);
  const lines = [
    `${compiled.mapping.interface} · ${compiled.mapping.title} (${compiled.adapter.kind})`,
    pushed.residual === null
      ? `filter: ${compiled.adapter.capabilities.filters ? 'all of it at the source' : 'on the cells of what the source sends'}`
      : `filter: after decoding, here: ${JSON.stringify(pushed.residual)}`,
    sort.atSource
      ? 'order: at the source'
      : `order: here, over at most ${compiled.mapping.limits.maxRowsScanned} rows`,
    `price: ${price.row} for each row that is looked up (a call ${price.call}, keys of a call ${price.keys})`,
  ];
  if (pushed.condition.kind === 'never') return [...lines, 'no call: no row can match'].join('\n');
  if (lacksRequired(compiled, where, presentOf(compiled, today))) {
    const names = compiled.mapping.requires?.names ?? [];
    return [...lines, `no call: it requires a filter by ${names.join(' or ')}`].join('\n');
  }
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
