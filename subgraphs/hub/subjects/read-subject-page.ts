import type { CallContext } from '../../../runtime/call/call-context.js';
import type { RegistryPort, SubjectFilter, SubjectIdentity } from '../../feed/registry-port.js';
import type { SubjectCursor } from '../rows/cursor.js';

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

/** One page of the registry's list. */
export async function readSubjectPage(
  registry: RegistryPort,
  where: SubjectFilter,
  { field, direction }: SubjectOrder,
  { size, backward, cursor }: SubjectWindow,
  context: CallContext,
): Promise<SubjectPage> {
  const read = await registry.page(
    {
      where,
      orderBy: field,
      direction,
      ...(backward && { reversed: true }),
      limit: size + 1,
      ...(cursor !== null && { after: cursor }),
    },
    context,
  );
  const subjects = read.slice(0, size);
  return { subjects: backward ? subjects.reverse() : subjects, more: read.length > size };
}
