import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectIdentity, SubjectKind, SubjectState } from '../../feed/registry-port.js';
import { parseSubjectKey } from '../../kinds/subject-key.js';
import type { PersonKey } from '../../values/identifiers/person-key.js';
import { readSubjectRef } from '../../values/identifiers/subject-ref.js';
import { kindOfRef } from '../scheme-strength.js';
import type { OpenIndex } from './open-index.js';
import { letOthersRun, partsOf } from './take-turns.js';

/** Refs looked up without a pause. */
const PART = 400;

interface StoredIdentity {
  readonly asked: string;
  readonly id: string;
  readonly name: string | null;
  readonly kind: SubjectKind;
  readonly township: string | null;
  readonly industry: string | null;
  readonly state: SubjectState | null;
  readonly keys: string;
}

/** One identity per ref that can be read as one; those of one subject share one object. */
export async function resolveRefs(
  index: OpenIndex,
  refs: readonly string[],
  personKey: PersonKey,
  context: CallContext,
): Promise<Map<string, SubjectIdentity>> {
  const found = new Map<string, SubjectIdentity>();
  const byId = new Map<string, SubjectIdentity>();
  const add = (ref: string, read: SubjectIdentity): void => {
    const identity = byId.get(read.id) ?? read;
    if (identity === read) byId.set(read.id, read);
    found.set(ref, identity);
  };
  const unknown: string[] = [];
  for (const ref of new Set(refs)) {
    const known = index.known.get(ref);
    if (known === undefined) unknown.push(ref);
    else add(ref, known);
  }
  // Answers that are all known would follow one another without sockets and timers getting a turn.
  if (found.size > PART) await letOthersRun(context);
  const read = compileLookUp(index, personKey);
  for (const [number, part] of partsOf(unknown, PART).entries()) {
    if (number > 0) await letOthersRun(context);
    for (const [ref, identity] of read(part)) {
      index.known.set(ref, identity);
      add(ref, identity);
    }
  }
  return found;
}

/** Reads refs in the index; those that cannot be read as refs are absent. */
function compileLookUp(
  { db }: OpenIndex,
  personKey: PersonKey,
): (refs: readonly string[]) => ReadonlyMap<string, SubjectIdentity> {
  const select = db.prepare<[string], StoredIdentity>(
    `SELECT asked.value AS asked, subject.id AS id, name, kind, township, industry, state, keys
     FROM json_each(?) asked
     CROSS JOIN alias ON alias.ref = asked.value
     CROSS JOIN subject ON subject.n = alias.subject`,
  );
  const spellings = db.prepare<[string], { held: string }>(
    'SELECT held FROM spelling WHERE ref = ? ORDER BY held',
  );
  return (refs) => {
    const found = new Map<string, SubjectIdentity>();
    for (const { asked, keys, ...rest } of select.iterate(JSON.stringify(refs)))
      found.set(asked, { ...rest, keys: JSON.parse(keys) as readonly string[] });
    for (const ref of refs) {
      if (found.has(ref) || !isReadableRef(ref, personKey)) continue;
      const held = spellings.all(ref).map((row) => row.held);
      found.set(ref, unregistered(ref, held));
    }
    return found;
  };
}

/** Whether a register names a subject, or a row of any source was about it when the index was built. */
export function isKnown({ db }: OpenIndex, id: string): boolean {
  const find = db.prepare<[string, string], { found: 1 }>(
    `SELECT 1 AS found FROM alias WHERE ref = ?
     UNION ALL
     SELECT 1 FROM source CROSS JOIN mention ON mention.interface = source.interface AND mention.ref = ?
     LIMIT 1`,
  );
  return find.get(id, id) !== undefined;
}

/** Somebody whom no register knows: the ref itself is all that there is. */
function unregistered(ref: string, held: readonly string[]): SubjectIdentity {
  return {
    id: ref,
    keys: [ref, ...held],
    kind: kindOfRef(ref),
    name: null,
    township: null,
    industry: null,
    state: null,
  };
}

/** Whether the text is a ref in canonical spelling. */
function isReadableRef(ref: string, personKey: PersonKey): boolean {
  const key = parseSubjectKey(ref);
  if (key === null || key.held) return false;
  if (key.scheme === 'person') return /^[0-9a-f]{64}$/.test(key.value);
  const [read] = readSubjectRef(key.scheme, key.value, { personKey }).refs;
  return read?.scheme === key.scheme && read.value === key.value;
}
