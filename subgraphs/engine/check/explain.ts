import { all } from '../../../adapters/condition.js';
import type { FeedCondition } from '../../feed/feed.js';
import { CANONICAL } from '../../kinds/canonical.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { compileRowReader } from '../read/row-reader.js';
import { segmentsAfter } from '../read/segments.js';
import { compileSort } from '../read/sort-order.js';
import { pushWhere } from '../read/where/push-where.js';

/**
 * What one page of this interface would make the source do, for people.
 *
 * @param where a canonical filter
 * @param order a canonical field, newest first; the kind's first order key when absent
 */
export function explainPage(
  compiled: CompiledInterface,
  where: FeedCondition,
  limit: number,
  order?: string,
): string {
  const orderable = Object.entries(
    compiled.mapping.feeds === undefined ? {} : CANONICAL[compiled.mapping.feeds],
  );
  const field = order ?? orderable.find(([, canonical]) => canonical.orders === true)?.[0];
  const sort = compileSort(compiled, field === undefined ? [] : [{ field, direction: 'desc' }], false);
  const pushed = pushWhere(compiled, where);
  const reader = compileRowReader(compiled, {
    fields: [...compiled.fields.keys()],
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
  const wanted = all([compiled.base, pushed.condition]);
  if (wanted.kind === 'never') return [...lines, 'no call: no row can match'].join('\n');
  const segments = sort.atSource
    ? segmentsAfter(compiled, sort, undefined, false)
    : [{ where: all([]), orderBy: [] }];
  segments.forEach((segment, index) => {
    lines.push(
      `call ${index + 1}${index > 0 ? ' (only when the page is not full yet)' : ''}:`,
      compiled.adapter.explain({
        from: compiled.from,
        columns: reader.columns,
        where: all([wanted, segment.where]),
        orderBy: segment.orderBy,
        limit: sort.atSource ? limit + 1 : compiled.mapping.limits.maxRowsScanned + 1,
      }),
    );
  });
  return lines.join('\n');
}
