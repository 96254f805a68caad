import type { CallContext } from '../call-context.js';
import { publicError } from '../errors.js';
import type { RegistryPort, SubjectFilter, SubjectIdentity, SubjectPageRequest } from '../registry-port.js';
import type { SubjectCursor } from './cursor.js';

export interface SubjectOrder {
  readonly field: 'name' | 'id';
  readonly direction: 'asc' | 'desc';
}

export interface SubjectWindow {
  readonly size: number;
  readonly backward: boolean;
  readonly cursor: SubjectCursor | null;
}

export interface SubjectPage {
  /** In list order, whichever way they were read. */
  readonly subjects: readonly SubjectIdentity[];
  /** More follow in the direction of reading. */
  readonly more: boolean;
}

const SCAN_PAGE = 1000;
const MAX_SCANNED = 100_000;

/** One page of the registry's list. */
export async function readSubjectPage(
  registry: RegistryPort,
  where: SubjectFilter,
  order: SubjectOrder,
  window: SubjectWindow,
  context: CallContext,
): Promise<SubjectPage> {
  if (window.backward && order.field === 'name') return scanBackward(registry, where, order, window, context);
  const direction = window.backward === (order.direction === 'asc') ? 'desc' : 'asc';
  const read = await registry.page(
    {
      where,
      orderBy: order.field,
      direction,
      limit: window.size + 1,
      ...(window.cursor !== null && { after: window.cursor }),
    },
    context,
  );
  const subjects = read.slice(0, window.size);
  return {
    subjects: window.backward ? [...subjects].reverse() : subjects,
    more: read.length > window.size,
  };
}

/**
 * The last subjects before a cursor, in the order of names.
 *
 * Where subjects without a name stand in the reversed order is not agreed with the registry, so the list is read
 * forwards from its beginning.
 *
 * @throws SOURCE_TOO_LARGE beyond 100 000 subjects.
 * @throws CURSOR_INVALID when the cursor's subject is no longer in the list.
 */
async function scanBackward(
  registry: RegistryPort,
  where: SubjectFilter,
  order: SubjectOrder,
  { size, cursor }: SubjectWindow,
  context: CallContext,
): Promise<SubjectPage> {
  let before: SubjectIdentity[] = [];
  let scanned = 0;
  let after: SubjectPageRequest['after'];
  for (;;) {
    const page = await registry.page(
      { where, orderBy: order.field, direction: order.direction, limit: SCAN_PAGE, ...(after && { after }) },
      context,
    );
    const end = page.findIndex(({ id }) => id === cursor?.id);
    before = [...before, ...(end < 0 ? page : page.slice(0, end))].slice(-(size + 1));
    const last = page.at(-1);
    if (end >= 0) break;
    if (page.length < SCAN_PAGE || last === undefined) {
      if (cursor === null) break;
      throw publicError('CURSOR_INVALID', '该主体已不在清单中。Its subject is no longer in the list.');
    }
    scanned += page.length;
    if (scanned > MAX_SCANNED) throw publicError('SOURCE_TOO_LARGE');
    after = { name: last.name, id: last.id };
  }
  return { subjects: size === 0 ? [] : before.slice(-size), more: before.length > size };
}
