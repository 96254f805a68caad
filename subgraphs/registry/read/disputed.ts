import type { CallContext } from '../../../runtime/call/call-context.js';
import type { DisputedField } from '../build/describe-subject.js';
import type { OpenIndex } from './open-index.js';
import { letOthersRun, partsOf } from './take-turns.js';

const PART = 400;

/** What registers disagree about in one field of a subject. */
export interface Alternatives {
  readonly field: DisputedField;
  /** Each register's word, that which counts first. */
  readonly values: readonly { readonly value: string; readonly interface: string }[];
}

/** What registers disagree about, for each of `ids`; an empty list where they agree. */
export async function findAlternatives(
  { db }: OpenIndex,
  ids: readonly string[],
  context: CallContext,
): Promise<ReadonlyMap<string, readonly Alternatives[]>> {
  const select = db.prepare<
    [string],
    { asked: string; field: DisputedField; value: string; interface: string }
  >(
    `SELECT asked.value AS asked, field, disputed.value AS value, interface
     FROM json_each(?) asked
     CROSS JOIN alias ON alias.ref = asked.value
     CROSS JOIN disputed ON disputed.subject = alias.subject
     ORDER BY asked.key, place`,
  );
  const found = new Map<string, { field: DisputedField; values: { value: string; interface: string }[] }[]>();
  for (const [index, part] of partsOf([...new Set(ids)], PART).entries()) {
    if (index > 0) await letOthersRun(context);
    for (const id of part) found.set(id, []);
    for (const { asked, field, ...said } of select.iterate(JSON.stringify(part))) {
      const fields = found.get(asked) ?? [];
      const last = fields.at(-1);
      if (last?.field === field) last.values.push(said);
      else fields.push({ field, values: [said] });
    }
  }
  return found;
}
