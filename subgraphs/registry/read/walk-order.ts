import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectFilter, SubjectPageRequest, SubjectPosition } from '../../feed/registry-port.js';
import type { SubjectTrait } from '../../kinds/surface/subject-traits.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import { compileTraits } from './compile-traits.js';
import type { OpenIndex } from './open-index.js';
import { type PageOrder, positionOf, runsUpwards, type Standing } from './standing.js';
import { letOthersRun } from './take-turns.js';

/** Rows read without a pause. */
const PART = 1000;
const COLUMNS = 'id, name, kind, township, industry, state';

type Order = PageOrder & Pick<SubjectPageRequest, 'after' | 'where'>;

/** A stretch of the order that one index range holds. */
interface Stretch {
  /** At most `PART` subjects; undefined: from the beginning of the stretch. */
  read(after: SubjectPosition | undefined): readonly Standing[];
}

/**
 * All subjects in order after a position, some at a time. In an order by a trait, those whose traits contradict the
 * filter are left out.
 */
export async function* walkOrder(
  index: OpenIndex,
  order: Order,
  context: CallContext,
): AsyncGenerator<readonly Standing[], void, undefined> {
  let { after } = order;
  for (const stretch of stretchesAfter(index, order)) {
    for (;;) {
      const part = stretch.read(after);
      if (part.length > 0) yield part;
      const last = part.at(-1);
      if (last !== undefined) after = positionOf(order.orderBy, last);
      if (part.length < PART) break;
      await letOthersRun(context);
    }
    after = undefined;
  }
}

function stretchesAfter(index: OpenIndex, order: Order): readonly Stretch[] {
  switch (order.orderBy) {
    case 'id':
      return [idStretch(index, order)];
    case 'name':
      return nameStretches(index, order);
    default:
      return traitStretches(index, order, order.orderBy);
  }
}

function select(condition: string, sorting: string): string {
  return `SELECT ${COLUMNS} FROM subject WHERE ${condition} ORDER BY ${sorting} LIMIT ${PART}`;
}

function directionOf(order: PageOrder): readonly [beyond: string, sort: string] {
  return runsUpwards(order) ? ['>', 'ASC'] : ['<', 'DESC'];
}

function idStretch({ db }: OpenIndex, order: Order): Stretch {
  const [beyond, sort] = directionOf(order);
  const first = db.prepare<[], Standing>(select('true', `id ${sort}`));
  const next = db.prepare<[string], Standing>(select(`id ${beyond} ?`, `id ${sort}`));
  return { read: (position) => (position === undefined ? first.all() : next.all(position.id)) };
}

function nameStretches({ db }: OpenIndex, order: Order): readonly Stretch[] {
  const { reversed = false, after } = order;
  const [beyond, sort] = directionOf(order);
  const sorting = `name ${sort}, id ${sort}`;
  const firstNamed = db.prepare<[], Standing>(select('name IS NOT NULL', sorting));
  const nextNamed = db.prepare<[string, string], Standing>(
    select(`name IS NOT NULL AND (name, id) ${beyond} (?, ?)`, sorting),
  );
  const named: Stretch = {
    read: (position) =>
      position === undefined ? firstNamed.all() : nextNamed.all(position.value ?? '', position.id),
  };
  const firstUnnamed = db.prepare<[], Standing>(select('name IS NULL', `id ${sort}`));
  const nextUnnamed = db.prepare<[string], Standing>(select(`name IS NULL AND id ${beyond} ?`, `id ${sort}`));
  const unnamed: Stretch = {
    read: (position) => (position === undefined ? firstUnnamed.all() : nextUnnamed.all(position.id)),
  };
  const stretches = reversed ? [unnamed, named] : [named, unnamed];
  const passed = after !== undefined && (after.value === null) !== reversed ? 1 : 0;
  return stretches.slice(passed);
}

/**
 * Subjects with one value of the trait after the other. Each value has some crowds, whose index holds the numbers of
 * their members; subjects are numbered in the order of their ids.
 */
function traitStretches({ db, crowds }: OpenIndex, order: Order, trait: SubjectTrait): readonly Stretch[] {
  const [beyond, sort] = directionOf(order);
  const [upTo, nearest] = runsUpwards(order) ? ['<=', 'DESC'] : ['>=', 'ASC'];
  const beginning = runsUpwards(order) ? 0 : Number.MAX_SAFE_INTEGER;
  // The subject of a position may be gone by now; the next one before it is as good.
  const numberAt = db.prepare<[string], { n: number }>(
    `SELECT n FROM subject WHERE id ${upTo} ? ORDER BY id ${nearest} LIMIT 1`,
  );
  const members = db.prepare<[string, number], Standing>(
    `WITH member AS MATERIALIZED (
       SELECT n FROM subject WHERE crowd IN (SELECT value FROM json_each(?)) AND n ${beyond} ?
       ORDER BY n ${sort} LIMIT ${PART}
     ) SELECT ${COLUMNS} FROM member CROSS JOIN subject ON subject.n = member.n ORDER BY member.n ${sort}`,
  );
  const byValue = crowdsByValue(crowds, trait, order.where);
  return valuesAfter(order, [...byValue.keys()]).map((value) => {
    const list = JSON.stringify(byValue.get(value) ?? []);
    return {
      read: (position) => {
        const from = position?.value === value ? numberAt.get(position.id)?.n : undefined;
        return members.all(list, from ?? beginning);
      },
    };
  });
}

/** Numbers of the crowds that the filter may let through, by their value of a trait. */
function crowdsByValue(
  crowds: OpenIndex['crowds'],
  trait: SubjectTrait,
  where: SubjectFilter,
): ReadonlyMap<string | null, readonly number[]> {
  const holds = compileTraits(where);
  const byValue = new Map<string | null, number[]>();
  for (const crowd of crowds) {
    if (holds(crowd) === false) continue;
    const known = byValue.get(crowd[trait]);
    if (known === undefined) byValue.set(crowd[trait], [crowd.n]);
    else known.push(crowd.n);
  }
  return byValue;
}

/** Values of a trait in the order of reading, from that of the position on. */
function valuesAfter(order: Order, values: readonly (string | null)[]): readonly (string | null)[] {
  const { after, reversed = false } = order;
  const sign = runsUpwards(order) ? 1 : -1;
  const compare = (left: string | null, right: string | null): number => {
    if (left === null || right === null)
      return (reversed ? -1 : 1) * (Number(left === null) - Number(right === null));
    return sign * compareCodePoints(left, right);
  };
  return [...values].sort(compare).filter((value) => after === undefined || compare(value, after.value) >= 0);
}
