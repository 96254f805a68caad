import { type InterfaceMark, leavesOf, mapLeaves, type RowCondition } from '../../../kinds/row-condition.js';
import { changedSince } from '../../snapshot/changed-rows.js';
import type { InterfaceRows, ServedInterface } from '../served-interface.js';
import { momentOf, versionMark } from './mark-text.js';
import { versionOf } from './read-mark.js';

/**
 * Reads rows by a filter whose `newerThan` is resolved for where they are read from. A version that comes while they
 * are read may hold newer rows: it is read without the mark.
 *
 * @param from where the rows are read from.
 */
export async function readByMarks<T>(
  one: ServedInterface,
  from: InterfaceRows,
  where: RowCondition,
  read: (where: RowCondition) => Promise<T>,
): Promise<T> {
  if (!leavesOf(where).some((leaf) => 'newerThan' in leaf)) return read(where);
  const version = versionOf(one, from);
  if (version === undefined) return read(resolveMarks(from, where, (own) => resolveMoment(from, own)));
  const isRead = ({ mark }: InterfaceMark): boolean =>
    version !== null && mark === versionMark(from.compiled, version);
  const answer = await read(
    resolveMarks(from, where, (own) => ({ interface: isRead(own) ? [] : [own.interface] })),
  );
  if (versionOf(one, from) === version) return answer;
  return read(resolveMarks(from, where, (own) => ({ interface: [own.interface] })));
}

function resolveMarks(
  { compiled }: InterfaceRows,
  where: RowCondition,
  resolve: (own: InterfaceMark) => RowCondition,
): RowCondition {
  const { interface: name } = compiled.mapping;
  return mapLeaves(where, (leaf) => {
    if (!('newerThan' in leaf)) return leaf;
    const own = leaf.newerThan.find((one) => one.interface === name);
    return own === undefined ? { interface: [] } : resolve(own);
  });
}

/** A moment says nothing of what is kept: that may have been read before it. */
function resolveMoment({ compiled }: InterfaceRows, own: InterfaceMark): RowCondition {
  const moment = momentOf(compiled, own.mark);
  const isTold = moment !== null && changedSince(compiled, moment) !== null;
  return isTold ? { newerThan: [own] } : { interface: [own.interface] };
}
