import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectIdentity, SubjectPageRequest } from '../../feed/registry-port.js';
import type { PersonKey } from '../../values/identifiers/person-key.js';
import { firstInOrder } from './first-in-order.js';
import { resolveRefs } from './identities.js';
import { compileFilter, narrowDown } from './narrow.js';
import type { OpenIndex } from './open-index.js';
import { compileOrder, positionOf } from './standing.js';
import { walkOrder } from './walk-order.js';

/** The first `limit` subjects after a position that satisfy the filter. */
export async function selectPage(
  index: OpenIndex,
  request: SubjectPageRequest,
  personKey: PersonKey,
  context: CallContext,
): Promise<readonly SubjectIdentity[]> {
  if (request.limit <= 0) return [];
  const ids = await selectIds(index, request, personKey, context);
  const identities = await resolveRefs(index, ids, personKey, context);
  return ids.flatMap((id) => identities.get(id) ?? []);
}

async function selectIds(
  index: OpenIndex,
  request: SubjectPageRequest,
  personKey: PersonKey,
  context: CallContext,
): Promise<readonly string[]> {
  const accepts = await compileFilter(index, request.where, context);
  const few = await narrowDown(index, request.where, personKey, context);
  if (few !== null) {
    const compare = compileOrder(request);
    const { after } = request;
    const matching = few
      .filter(accepts)
      .map((subject) => positionOf(request.orderBy, subject))
      .filter((position) => after === undefined || compare(position, after) > 0);
    return firstInOrder(matching, compare, request.limit).map(({ id }) => id);
  }
  const ids: string[] = [];
  for await (const part of walkOrder(index, request, context)) {
    for (const subject of part) {
      if (!accepts(subject)) continue;
      ids.push(subject.id);
      if (ids.length === request.limit) return ids;
    }
  }
  return ids;
}
