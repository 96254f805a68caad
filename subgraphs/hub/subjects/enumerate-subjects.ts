import type { CallContext } from '../../../runtime/call/call-context.js';
import { publicError } from '../../../runtime/errors.js';
import type { RegistryPort, SubjectFilter } from '../../feed/registry-port.js';

const PAGE = 1000;
/** More subjects than this are not carried from one step of a query to the next. */
const MAX_SUBJECTS = 100_000;

/**
 * All canonical ids that a filter gives.
 *
 * @throws SOURCE_TOO_LARGE beyond 100 000.
 */
export async function enumerateSubjects(
  registry: RegistryPort,
  where: SubjectFilter,
  context: CallContext,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let last: string | undefined;
  for (;;) {
    const page = await registry.page(
      {
        where,
        orderBy: 'id',
        direction: 'asc',
        limit: PAGE,
        ...(last !== undefined && { after: { value: null, id: last } }),
      },
      context,
    );
    for (const { id } of page) ids.add(id);
    last = page.at(-1)?.id;
    if (page.length < PAGE || last === undefined) return ids;
    if (ids.size > MAX_SUBJECTS) throw publicError('SOURCE_TOO_LARGE');
  }
}
