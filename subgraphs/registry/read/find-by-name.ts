import type { CallContext } from '../../../runtime/call/call-context.js';
import type { PersonKey } from '../../values/identifiers/person-key.js';
import { coreOfName, nameKey, sealedNameKey } from '../name-key.js';
import { likeness } from '../name-likeness.js';
import type { OpenIndex } from './open-index.js';
import type { Finding } from './recognise-numbers.js';
import { letOthersRun } from './take-turns.js';

const ONE_OF_ITS_NAME = 0.95;
const SHARED_NAME = 0.8;
const FORMER_NAME = 0.85;
/** Two names that are merely alike never count as much as one that is the same. */
const ALIKE_AT_MOST = 0.75;
const FORMER_FACTOR = 0.9;
const ALIKE_AT_LEAST = 0.3;
/** Names compared for one question. */
const MAX_COMPARED = 4000;
/** Names looked through without a pause. */
const PART = 10_000;
const TRIGRAM = 3;

interface Label {
  readonly id: string;
  readonly text: string;
  readonly former: number;
}

/** Subjects that bear or bore the name, or one like it. Persons are found by their whole name alone. */
export async function findByName(
  index: OpenIndex,
  text: string,
  personKey: PersonKey,
  context: CallContext,
): Promise<readonly Finding[]> {
  const key = nameKey(text);
  const exact = findExactly(index, [key, sealedNameKey(text, personKey)]);
  // Numbers resemble one another without meaning anything by it.
  if ([...key].length < 2 || !/\p{L}/u.test(key)) return exact;
  const alike = (await labelsLike(index, key, context)).flatMap(({ id, text: other, former }): Finding[] => {
    const score = likeness(key, other) * (former === 1 ? FORMER_FACTOR : 1);
    if (other === key || score < ALIKE_AT_LEAST) return [];
    return [{ id, matchKind: 'NAME', confidence: score * ALIKE_AT_MOST }];
  });
  return [...exact, ...alike];
}

function findExactly({ db }: OpenIndex, keys: readonly string[]): readonly Finding[] {
  const labels = db
    .prepare<[string], Label>(
      `SELECT subject.id AS id, label.text AS text, label.former AS former
       FROM json_each(?) wanted
       CROSS JOIN label ON label.text = wanted.value
       CROSS JOIN subject ON subject.n = label.subject
       ORDER BY label.n LIMIT ${MAX_COMPARED}`,
    )
    .all(JSON.stringify(keys));
  const current = labels.filter(({ former }) => former === 0);
  const confidence = current.length === 1 ? ONE_OF_ITS_NAME : SHARED_NAME;
  return labels.map(({ id, former }) =>
    former === 1
      ? { id, matchKind: 'ALIAS', confidence: FORMER_NAME }
      : { id, matchKind: 'NAME', confidence },
  );
}

async function labelsLike(index: OpenIndex, key: string, context: CallContext): Promise<readonly Label[]> {
  const core = coreOfName(key);
  if ([...core].length < TRIGRAM) return labelsHolding(index, core, context);
  const terms = rarestTerms(index, core);
  if (terms.length === 0) return [];
  return index.db
    .prepare<[string], Label>(
      `SELECT subject.id AS id, label.text AS text, label.former AS former
       FROM label_like
       CROSS JOIN label ON label.n = label_like.rowid
       CROSS JOIN subject ON subject.n = label.subject
       WHERE label_like MATCH ? LIMIT ${MAX_COMPARED}`,
    )
    .all(terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(' OR '));
}

/** As many of the name's trigrams as can be followed up, those first that few names have. */
function rarestTerms({ db }: OpenIndex, core: string): readonly string[] {
  const characters = [...core];
  const trigrams = new Set(
    characters.slice(TRIGRAM - 1).map((_, start) => characters.slice(start, start + TRIGRAM).join('')),
  );
  const counts = db
    .prepare<[string], { term: string; doc: number }>(
      `SELECT label_term.term AS term, label_term.doc AS doc FROM json_each(?) wanted
       CROSS JOIN label_term ON label_term.term = wanted.value`,
    )
    .all(JSON.stringify([...trigrams]))
    .sort((left, right) => left.doc - right.doc || (left.term < right.term ? -1 : 1));
  let total = 0;
  return counts.flatMap(({ term, doc }, place) => {
    total += doc;
    return place === 0 || total <= MAX_COMPARED ? [term] : [];
  });
}

/** One or two characters: too short for the trigram index, so names are looked through, part by part. */
async function labelsHolding(
  { db }: OpenIndex,
  core: string,
  context: CallContext,
): Promise<readonly Label[]> {
  const select = db.prepare<[number, number, string], Label>(
    `SELECT subject.id AS id, label.text AS text, label.former AS former
     FROM label CROSS JOIN subject ON subject.n = label.subject
     WHERE label.n > ? AND label.n <= ? AND label.text NOT LIKE '#%' AND instr(label.text, ?) > 0
     ORDER BY label.n`,
  );
  const last = db.prepare<[], { n: number | null }>('SELECT max(n) AS n FROM label').get()?.n ?? 0;
  const found: Label[] = [];
  for (let after = 0; after < last && found.length < MAX_COMPARED; after += PART) {
    if (after > 0) await letOthersRun(context);
    found.push(...select.all(after, after + PART, core));
  }
  return found;
}
