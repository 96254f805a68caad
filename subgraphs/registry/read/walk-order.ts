import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectPageRequest } from '../../feed/registry-port.js';
import type { OpenIndex } from './open-index.js';
import { type PageOrder, runsUpwards, type Standing } from './standing.js';
import { letOthersRun } from './take-turns.js';

/** Rows read without a pause. */
const PART = 1000;
const COLUMNS = 'id, name, kind, township, industry, state';

type Position = Pick<Standing, 'id' | 'name'>;
type Order = PageOrder & Pick<SubjectPageRequest, 'after'>;

/** A stretch of the order that one index range holds. */
interface Stretch {
  read(after: Position | undefined): readonly Standing[];
}

/** All subjects in order after a position, some at a time. */
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
      after = part.at(-1) ?? after;
      if (part.length < PART) break;
      await letOthersRun(context);
    }
    after = undefined;
  }
}

function stretchesAfter({ db }: OpenIndex, order: Order): readonly Stretch[] {
  const { orderBy, reversed = false, after } = order;
  const [beyond, sort] = runsUpwards(order) ? ['>', 'ASC'] : ['<', 'DESC'];
  const select = (condition: string, sorting: string): string =>
    `SELECT ${COLUMNS} FROM subject WHERE ${condition} ORDER BY ${sorting} LIMIT ${PART}`;
  if (orderBy === 'id') {
    const first = db.prepare<[], Standing>(select('true', `id ${sort}`));
    const next = db.prepare<[string], Standing>(select(`id ${beyond} ?`, `id ${sort}`));
    return [{ read: (position) => (position === undefined ? first.all() : next.all(position.id)) }];
  }
  const sorting = `name ${sort}, id ${sort}`;
  const firstNamed = db.prepare<[], Standing>(select('name IS NOT NULL', sorting));
  const nextNamed = db.prepare<[string, string], Standing>(
    select(`name IS NOT NULL AND (name, id) ${beyond} (?, ?)`, sorting),
  );
  const named: Stretch = {
    read: (position) =>
      position === undefined ? firstNamed.all() : nextNamed.all(position.name ?? '', position.id),
  };
  const firstUnnamed = db.prepare<[], Standing>(select('name IS NULL', `id ${sort}`));
  const nextUnnamed = db.prepare<[string], Standing>(select(`name IS NULL AND id ${beyond} ?`, `id ${sort}`));
  const unnamed: Stretch = {
    read: (position) => (position === undefined ? firstUnnamed.all() : nextUnnamed.all(position.id)),
  };
  const stretches = reversed ? [unnamed, named] : [named, unnamed];
  const passed = after !== undefined && (after.name === null) !== reversed ? 1 : 0;
  return stretches.slice(passed);
}
