import DataLoader from 'dataloader';
import { SourceError, SourceMalformed, SourceTooLarge } from '../../../adapters/source-error.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import type { SubjectHandle } from '../../feed/subject-reference.js';
import { noteOutcomes } from '../../port/answer-notes.js';
import { formatRowId } from '../compile/row-id.js';
import { comparePositions, compileSort } from '../read/page/sort-order.js';
import { splitSubjectKeys } from '../read/page/split-keys.js';
import { compileRowReader, type EngineRow } from '../read/row/row-reader.js';
import type { InterfaceRows, ServedInterface } from '../read/served-interface.js';
import { idsCondition, subjectCondition } from '../read/where/push-where.js';
import { chooseRows } from '../snapshot/choose-rows.js';

/** Finds rows of one interface, all that one request asks for in as few calls as `limits.keysPerCall` allows. */
export interface RowLoaders {
  byId(id: string, context: CallContext): Promise<EngineRow | null>;
  /** Newest first, by the mapping's `order`. */
  bySubject(subject: SubjectHandle, context: CallContext): Promise<readonly EngineRow[]>;
}

/** @param fields what to decode of each row. */
export function createRowLoaders(served: ServedInterface, fields: readonly string[]): RowLoaders {
  const byId = perRequest(
    (context) =>
      new DataLoader<string, EngineRow | null>(async (ids) => {
        const from = await rowsOf(served, fields, context);
        return apart(served, ids, (some) => loadByIds(from, fields, some, context));
      }),
  );
  const bySubject = perRequest(
    (context) =>
      new DataLoader<SubjectHandle, readonly EngineRow[], string>(
        async (subjects) => {
          const from = await rowsOf(served, fields, context);
          return apart(served, subjects, (some) => loadBySubjects(from, fields, some, context));
        },
        { cacheKeyFn: (subject) => subject.id },
      ),
  );
  return {
    byId: (id, context) => byId(context).load(id),
    bySubject: (subject, context) => bySubject(context).load(subject),
  };
}

/** Where rows are read from; the answer tells how old they are if they were kept. */
async function rowsOf(
  served: ServedInterface,
  fields: readonly string[],
  context: CallContext,
): Promise<InterfaceRows> {
  const started = performance.now();
  const { from, age } = await chooseRows(served, { fields }, context);
  if (age === null) return from;
  const { interface: name, owner } = served.compiled.mapping;
  const { state, asOf, reason } = age;
  noteOutcomes(context, [
    {
      interface: name,
      department: owner.department,
      state,
      asOf,
      tookMs: performance.now() - started,
      reason: reason === null ? null : `${state}: ${reason}`,
    },
  ]);
  return from;
}

/**
 * Loads some rows at once. Where a part of them is kept and the source fails for another part, each is loaded by itself:
 * what is kept is not lost with the others.
 */
async function apart<Key, Row>(
  { kept }: ServedInterface,
  keys: readonly Key[],
  load: (keys: readonly Key[]) => Promise<readonly Row[]>,
): Promise<readonly (Row | Error)[]> {
  try {
    return await load(keys);
  } catch (error) {
    if (kept?.isKeyed !== true || keys.length === 1 || !(error instanceof SourceError)) throw error;
    const loaded = await Promise.allSettled(keys.map((key) => load([key])));
    return loaded.flatMap((one): readonly (Row | Error)[] =>
      one.status === 'fulfilled' ? one.value : [one.reason as Error],
    );
  }
}

async function loadByIds(
  { compiled, rows: door }: InterfaceRows,
  fields: readonly string[],
  ids: readonly string[],
  context: CallContext,
): Promise<readonly (EngineRow | null)[]> {
  const reader = compileRowReader(compiled, { fields, today: context.today, subject: true, refs: false });
  const rows = new Map<string, EngineRow>();
  const { keysPerCall } = compiled.mapping.limits;
  const chunks = Array.from({ length: Math.ceil(ids.length / keysPerCall) }, (_, index) =>
    ids.slice(index * keysPerCall, (index + 1) * keysPerCall),
  );
  await Promise.all(
    chunks.map(async (chunk) => {
      const where = idsCondition(compiled, chunk);
      if (where.kind === 'never') return;
      const answer = await door.read(
        { columns: reader.columns, where, orderBy: [], limit: chunk.length + 1 },
        context,
      );
      for (const cells of answer) placeRow(compiled.mapping.interface, rows, chunk, reader.read(cells));
    }),
  );
  return ids.map((id) => rows.get(id) ?? null);
}

/** A short, shuffled or doubled answer must never shift one row's data to another. */
function placeRow(
  interfaceName: string,
  rows: Map<string, EngineRow>,
  asked: readonly string[],
  row: EngineRow,
): void {
  const id = formatRowId(interfaceName, row.key);
  if (!asked.includes(id)) {
    throw new SourceMalformed(
      `Cannot place a row of ${interfaceName}: its key must be one that was asked for`,
    );
  }
  if (rows.has(id)) {
    throw new SourceMalformed(
      `Cannot place rows of ${interfaceName}: keys must be unique, but one came twice`,
    );
  }
  rows.set(id, row);
}

async function loadBySubjects(
  { compiled, rows: door }: InterfaceRows,
  fields: readonly string[],
  subjects: readonly SubjectHandle[],
  context: CallContext,
): Promise<readonly (readonly EngineRow[])[]> {
  const { order, limits } = compiled.mapping;
  const sort = compileSort(compiled, order === undefined ? [] : [order], false);
  const reader = compileRowReader(compiled, {
    fields,
    today: context.today,
    sort,
    subject: true,
    refs: false,
  });
  const groups = splitSubjectKeys([...new Set(subjects.flatMap((subject) => subject.keys))], compiled);
  const answers = await Promise.all(
    groups.map(async (keys) => {
      const where = subjectCondition(compiled, keys);
      if (where.kind === 'never') return [];
      const answer = await door.read(
        {
          columns: reader.columns,
          where,
          orderBy: [],
          limit: limits.maxRowsScanned + 1,
        },
        context,
      );
      if (answer.length > limits.maxRowsScanned) {
        throw new SourceTooLarge(
          `Cannot list rows of ${compiled.mapping.interface}: too many for these subjects`,
        );
      }
      const wanted = new Set(keys);
      return answer
        .map((cells) => reader.read(cells))
        .filter(
          ({ subject, subjects }) => subjects !== undefined || (subject !== null && wanted.has(subject)),
        );
    }),
  );
  const bySubjectRef = new Map<string, EngineRow[]>();
  for (const row of eachOnce(compiled.mapping.interface, answers.flat())) {
    for (const ref of row.subjects ?? [row.subject ?? '']) {
      const known = bySubjectRef.get(ref);
      if (known === undefined) bySubjectRef.set(ref, [row]);
      else known.push(row);
    }
  }
  return subjects.map((subject) =>
    subject.keys
      .flatMap((key) => bySubjectRef.get(key) ?? [])
      .sort((left, right) => comparePositions(sort, left, right)),
  );
}

/** A row of several subjects comes with each group of keys that finds it; one of a single subject with one group alone. */
function eachOnce(interfaceName: string, rows: readonly EngineRow[]): readonly EngineRow[] {
  if (rows.every(({ subjects }) => subjects === undefined)) return rows;
  return [...new Map(rows.map((row) => [formatRowId(interfaceName, row.key), row])).values()];
}
