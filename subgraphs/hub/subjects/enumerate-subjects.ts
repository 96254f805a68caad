import type { CallContext } from '../../../runtime/call/call-context.js';
import { chunksOf } from '../../../runtime/chunks-of.js';
import { publicError } from '../../../runtime/errors.js';
import type { RegistryPort, SubjectFilter } from '../../feed/registry-port.js';

const PAGE = 1000;
/** More subjects than this are not carried from one step of a query to the next. */
export const MAX_SUBJECTS = 100_000;

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
  const found = new Set<string>();
  for (const part of partsOf(where)) {
    for await (const page of pagesOf(registry, part, context)) {
      for (const id of page) found.add(id);
      if (found.size > MAX_SUBJECTS) throw publicError('SOURCE_TOO_LARGE');
    }
  }
  return found;
}

/** A long list of ids is asked for piece by piece: every page of it would look all of them up again. */
function partsOf(where: SubjectFilter): readonly SubjectFilter[] {
  const { ids } = where;
  if (ids === undefined) return [where];
  return chunksOf(ids, PAGE).map((some) => ({ ...where, ids: some }));
}

async function* pagesOf(
  registry: RegistryPort,
  where: SubjectFilter,
  context: CallContext,
): AsyncGenerator<readonly string[], void, undefined> {
  let last: string | undefined;
  for (;;) {
    const after = last === undefined ? {} : { after: { value: null, id: last } };
    const page = await registry.page(
      { where, orderBy: 'id', direction: 'asc', limit: PAGE, ...after },
      context,
    );
    yield page.map(({ id }) => id);
    last = page.at(-1)?.id;
    if (page.length < PAGE || last === undefined) return;
  }
}
