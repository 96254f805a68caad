import type { CallContext } from '../../../runtime/call/call-context.js';
import type { RelationRole } from '../../feed/feed.js';
import type { OpenIndex } from './open-index.js';
import { letOthersRun, partsOf } from './take-turns.js';

const PART = 400;

/**
 * Who stands in a role to each subject, or, reversed, to whom each subject stands in that role; ids ascending.
 * Every id asked for has an entry.
 */
export async function relatedIds(
  { db }: OpenIndex,
  ids: readonly string[],
  role: RelationRole,
  reverse: boolean,
  context: CallContext,
): Promise<Map<string, readonly string[]>> {
  const [from, to] = reverse ? ['other', 'subject'] : ['subject', 'other'];
  const select = db.prepare<[string, string], { asked: string; id: string }>(
    `SELECT asked.value AS asked, found.id AS id
     FROM json_each(?) asked
     CROSS JOIN alias ON alias.ref = asked.value
     CROSS JOIN relation ON relation.role = ? AND relation.${from} = alias.subject
     CROSS JOIN subject found ON found.n = relation.${to}
     ORDER BY asked.key, found.n`,
  );
  const related = new Map<string, string[]>();
  const distinct = [...new Set(ids)];
  for (const [index, part] of partsOf(distinct, PART).entries()) {
    if (index > 0) await letOthersRun(context);
    for (const id of part) related.set(id, []);
    for (const { asked, id } of select.iterate(JSON.stringify(part), role)) related.get(asked)?.push(id);
  }
  return related;
}
