import type { CallContext } from '../../../runtime/call/call-context.js';
import type { RegistryPort, SubjectFilter, SubjectPosition } from '../../feed/registry-port.js';
import type { RegisterOrder } from './read-subject-order.js';

export interface SubjectWindow {
  readonly size: number;
  readonly backward: boolean;
  readonly cursor: SubjectPosition | null;
}

export interface SubjectPage {
  /** In list order, whichever way they were read. */
  readonly subjects: readonly SubjectPosition[];
  /** More follow in the direction of reading. */
  readonly more: boolean;
}

/** One page of the registry's list. */
export async function readSubjectPage(
  registry: RegistryPort,
  where: SubjectFilter,
  { field, direction }: RegisterOrder,
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
  const positions = read.map((one) => ({ value: field === 'id' ? null : one[field], id: one.id }));
  return cutPage(positions, size, backward);
}

/** @param read one more than the page holds, if there are more, in the direction of reading. */
export function cutPage(read: readonly SubjectPosition[], size: number, backward: boolean): SubjectPage {
  const subjects = read.slice(0, size);
  return { subjects: backward ? subjects.reverse() : subjects, more: read.length > size };
}
