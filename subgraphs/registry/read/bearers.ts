import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectIdentity } from '../../feed/registry-port.js';
import { parseSubjectKey } from '../../kinds/subject-key.js';
import type { PersonKey } from '../../values/identifiers/person-key.js';
import { nameKey } from '../name-key.js';
import { resolveRefs } from './identities.js';
import type { OpenIndex } from './open-index.js';

/** Who bears each name that several vessels bear now; other refs are absent. */
export async function findBearers(
  index: OpenIndex,
  refs: readonly string[],
  personKey: PersonKey,
  context: CallContext,
): Promise<ReadonlyMap<string, readonly SubjectIdentity[]>> {
  const select = index.db.prepare<[string, string], { id: string }>(
    `SELECT DISTINCT subject.id AS id FROM label CROSS JOIN subject ON subject.n = label.subject
     WHERE label.text = ? AND label.former = 0 AND subject.kind = 'VESSEL' AND subject.id <> ?
     ORDER BY subject.id`,
  );
  const found = new Map<string, readonly SubjectIdentity[]>();
  for (const ref of new Set(refs)) {
    const key = parseSubjectKey(ref);
    if (key?.scheme !== 'vesselname') continue;
    const ids = select.all(nameKey(key.value), ref).map(({ id }) => id);
    if (ids.length < 2) continue;
    const identities = await resolveRefs(index, ids, personKey, context);
    found.set(
      ref,
      ids.flatMap((id) => identities.get(id) ?? []),
    );
  }
  return found;
}
