import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectFilter, SubjectTraits } from '../../feed/registry-port.js';
import type { PersonKey } from '../../values/identifiers/person-key.js';
import { nameKey } from '../name-key.js';
import { compileStanding, compileTraits } from './compile-traits.js';
import { resolveRefs } from './identities.js';
import type { OpenIndex } from './open-index.js';
import { relatedIds } from './relations.js';
import type { Standing } from './standing.js';

/** With more subjects than this it is quicker to walk the order than to sort what matches. */
const FEW = 5000;
/** Likewise for names found by their words, which cost more to look up. */
const FEW_NAMES = 1000;
/** Shortest text that the trigram index finds. */
const TRIGRAM = 3;

/** Subjects among which all matches are; null when the filter narrows nothing down and the order must be walked. */
export async function narrowDown(
  index: OpenIndex,
  where: SubjectFilter,
  personKey: PersonKey,
  context: CallContext,
): Promise<readonly Standing[] | null> {
  if (where.ids !== undefined) return standingsOf(index, where.ids, personKey, context);
  if (where.relatedTo !== undefined) {
    const { role, ids } = where.relatedTo;
    const related = await relatedIds(index, ids, role, true, context);
    return standingsOf(index, [...related.values()].flat(), personKey, context);
  }
  return byCrowd(index, where) ?? byName(index, where);
}

/** Everything that a filter asks, for one subject at a time. */
export async function compileFilter(
  index: OpenIndex,
  where: SubjectFilter,
  context: CallContext,
): Promise<(subject: Standing) => boolean> {
  const holds = compileStanding(where);
  const related = where.relatedTo;
  if (where.ids === undefined || related === undefined) return holds;
  const relatives = new Set(
    [...(await relatedIds(index, related.ids, related.role, true, context)).values()].flat(),
  );
  return (subject) => holds(subject) && relatives.has(subject.id);
}

async function standingsOf(
  index: OpenIndex,
  refs: readonly string[],
  personKey: PersonKey,
  context: CallContext,
): Promise<readonly Standing[]> {
  const identities = await resolveRefs(index, refs, personKey, context);
  return [...new Set(identities.values())];
}

function byCrowd({ db, crowds }: OpenIndex, where: SubjectFilter): readonly Standing[] | null {
  const holds = compileTraits(where);
  const matching = crowds.filter((crowd) => holds(crowd) !== false);
  if (matching.reduce((sum, crowd) => sum + crowd.size, 0) > FEW) return null;
  return db
    .prepare<[string], Standing>(
      `SELECT id, name, kind, township, industry, state FROM subject
       WHERE crowd IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(matching.map(({ n }) => n)));
}

function byName({ db }: OpenIndex, where: SubjectFilter): readonly Standing[] | null {
  const lookUp = nameLookUp(where);
  if (lookUp === null) return null;
  const rows = db
    .prepare<[string, number], { subject: number }>(`${lookUp.sql} LIMIT ?`)
    .all(lookUp.text, FEW_NAMES + 1);
  if (rows.length > FEW_NAMES) return null;
  return db
    .prepare<[string], Standing>(
      `SELECT id, name, kind, township, industry, state FROM subject
       WHERE n IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify([...new Set(rows.map(({ subject }) => subject))]));
}

/** How the labels of all matches are found by an index; null: by none. */
function nameLookUp(where: SubjectFilter): { readonly sql: string; readonly text: string } | null {
  const parts = conjuncts(where);
  const names = parts.flatMap((part) => (part.names === undefined ? [] : [part.names]));
  const [exact] = names.sort((left, right) => left.length - right.length);
  if (exact !== undefined) {
    return {
      sql: `SELECT label.subject AS subject FROM json_each(?) wanted
            CROSS JOIN label ON label.text = wanted.value`,
      text: JSON.stringify([...new Set(exact.map(nameKey))]),
    };
  }
  const words = parts.flatMap(({ nameContains = [], nameStartsWith }) => [
    ...nameContains,
    ...(nameStartsWith === undefined ? [] : [nameStartsWith]),
  ]);
  const [word = ''] = words.map(nameKey).sort((left, right) => [...right].length - [...left].length);
  if ([...word].length < TRIGRAM) return null;
  return {
    sql: `SELECT label.subject AS subject FROM label_like CROSS JOIN label ON label.n = label_like.rowid
          WHERE label_like MATCH ?`,
    text: `"${word.replaceAll('"', '""')}"`,
  };
}

/** The parts of a filter that all must hold. */
function conjuncts(where: SubjectTraits): readonly SubjectTraits[] {
  return [where, ...(where.all ?? []).flatMap(conjuncts)];
}
