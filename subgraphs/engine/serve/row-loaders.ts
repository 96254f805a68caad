import DataLoader from 'dataloader';
import type { Condition } from '../../../adapters/condition.js';
import { SourceError, SourceMalformed, SourceTooLarge } from '../../../adapters/source-error.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import { chunksOf } from '../../../runtime/chunks-of.js';
import type { SubjectHandle } from '../../feed/subject-reference.js';
import type { FieldValue } from '../../kinds/field-value.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { noteOutcomes } from '../../port/answer-notes.js';
import { normaliseDocumentNumber } from '../../values/texts/document-number.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { formatRowId } from '../compile/row-id.js';
import { type CompiledSort, comparePositions, compileSort } from '../read/page/sort-order.js';
import { splitSubjectKeys } from '../read/page/split-keys.js';
import { presentOf } from '../read/row/compile-derived.js';
import { compileRowReader, type EngineRow, type RowReader } from '../read/row/row-reader.js';
import type { InterfaceRows, ServedInterface } from '../read/served-interface.js';
import { idsCondition, pushWhere, subjectCondition } from '../read/where/push-where.js';
import { spellNumbers } from '../read/where/spell-numbers.js';
import { chooseRows } from '../snapshot/choose-rows.js';

/** Finds rows of one interface, all that one request asks for in as few calls as `limits.keysPerCall` allows. */
export interface RowLoaders {
  byId(id: string, context: CallContext): Promise<EngineRow | null>;
  /** Newest first, by the mapping's `order`. */
  bySubject(subject: SubjectHandle, context: CallContext): Promise<readonly EngineRow[]>;
  /** Rows that belong to the row with that key, in the same order. */
  byOwner(key: readonly string[], context: CallContext): Promise<readonly EngineRow[]>;
  /** The row that holds a document number in any spelling; of several, the first by the mapping's `order`. */
  byNumber(number: string, context: CallContext): Promise<EngineRow | null>;
}

/** The rows of some keys, in the order of the keys. */
type LoadRows<Key, Row> = (
  from: InterfaceRows,
  fields: readonly string[],
  keys: readonly Key[],
  context: CallContext,
) => Promise<readonly Row[]>;

/** @param fields what to decode of each row. */
export function createRowLoaders(served: ServedInterface, fields: readonly string[]): RowLoaders {
  const loader = <Key, Row>(load: LoadRows<Key, Row>, cacheKeyFn: (key: Key) => string) =>
    perRequest(
      (context) =>
        new DataLoader<Key, Row, string>(
          async (keys) => {
            const from = await rowsOf(served, fields, context);
            return apart(served, keys, (some) => load(from, fields, some, context));
          },
          { cacheKeyFn },
        ),
    );
  const byId = loader(loadByIds, (id) => id);
  const bySubject = loader(loadBySubjects, ({ id }) => id);
  const byOwner = loader(loadByOwners, ownerText);
  const byNumber = loader(loadByNumbers, normaliseDocumentNumber);
  return {
    byId: (id, context) => byId(context).load(id),
    bySubject: (subject, context) => bySubject(context).load(subject),
    byOwner: (key, context) => byOwner(context).load(key),
    byNumber: (number, context) => byNumber(context).load(number),
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
  await Promise.all(
    chunksOf(ids, compiled.mapping.limits.keysPerCall).map(async (chunk) => {
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
  const sort = listSort(compiled);
  const options = { fields, today: context.today, sort, subject: true, refs: false };
  const reader = compileRowReader(compiled, options);
  const groups = splitSubjectKeys([...new Set(subjects.flatMap((subject) => subject.keys))], compiled);
  const answers = await Promise.all(
    groups.map(async (keys) => {
      const where = subjectCondition(compiled, keys);
      if (where.kind === 'never') return [];
      const rows = await readAll({ compiled, rows: door }, reader, where, context);
      const wanted = new Set(keys);
      return rows.filter(
        ({ subject, subjects }) => subjects !== undefined || (subject !== null && wanted.has(subject)),
      );
    }),
  );
  const rows = eachOnce(compiled.mapping.interface, answers.flat());
  const bySubjectRef = groupBy(rows, ({ subjects, subject }) => subjects ?? [subject ?? '']);
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

async function loadByOwners(
  from: InterfaceRows,
  fields: readonly string[],
  keys: readonly (readonly string[])[],
  context: CallContext,
): Promise<readonly (readonly EngineRow[])[]> {
  const { compiled } = from;
  const { by: columns = [], limits } = compiled.mapping;
  const sort = listSort(compiled);
  const options = { fields, today: context.today, sort, subject: true, refs: false, owner: true } as const;
  const reader = compileRowReader(compiled, options);
  const answers = await Promise.all(
    chunksOf(keys, limits.keysPerCall).map((tuples) =>
      readAll(from, reader, { kind: 'inTuples', columns, tuples }, context),
    ),
  );
  const byOwner = groupBy(answers.flat(), (row) => [ownerText(row.owner ?? [])]);
  return keys.map((key) =>
    [...(byOwner.get(ownerText(key)) ?? [])].sort((left, right) => comparePositions(sort, left, right)),
  );
}

async function loadByNumbers(
  from: InterfaceRows,
  fields: readonly string[],
  numbers: readonly string[],
  context: CallContext,
): Promise<readonly (EngineRow | null)[]> {
  const { compiled } = from;
  const { match, limits } = compiled.mapping;
  const name = match?.field ?? '';
  const sort = listSort(compiled);
  const wanted = [...new Set([...fields, name])];
  const reader = compileRowReader(compiled, {
    fields: wanted,
    today: context.today,
    sort,
    subject: true,
    refs: false,
  });
  const present = presentOf(compiled, context.today);
  const answers = await Promise.all(
    chunksOf(numbers, limits.keysPerCall).map(async (some) => {
      const where: RowCondition = { any: some.map((number) => ({ field: name, sameNumber: number })) };
      const { condition } = pushWhere(compiled, where, present, await spellNumbers(from, where, context));
      return condition.kind === 'never' ? [] : readAll(from, reader, condition, context);
    }),
  );
  const byNumber = groupBy(answers.flat(), (row) => [normalisedNumber(row.values.get(name))]);
  return numbers.map((number) => {
    const rows = byNumber.get(normaliseDocumentNumber(number)) ?? [];
    const [first] = [...rows].sort((left, right) => comparePositions(sort, left, right));
    return first ?? null;
  });
}

function normalisedNumber(value: FieldValue | undefined): string {
  return typeof value === 'string' ? normaliseDocumentNumber(value) : '';
}

/** Every row that the condition lets through; a list that is cut off would look whole. */
async function readAll(
  { compiled, rows: door }: InterfaceRows,
  reader: RowReader,
  where: Condition,
  context: CallContext,
): Promise<readonly EngineRow[]> {
  const { interface: name, limits } = compiled.mapping;
  const limit = limits.maxRowsScanned;
  const answer = await door.read({ columns: reader.columns, where, orderBy: [], limit: limit + 1 }, context);
  if (answer.length > limit)
    throw new SourceTooLarge(`Cannot list rows of ${name}: more than ${limit} at once`);
  return answer.map((cells) => reader.read(cells));
}

function listSort(compiled: CompiledInterface): CompiledSort {
  const { order } = compiled.mapping;
  return compileSort(compiled, order === undefined ? [] : [order], false);
}

/** @param keysOf of a row, in whose groups it is. */
function groupBy(
  rows: readonly EngineRow[],
  keysOf: (row: EngineRow) => readonly string[],
): Map<string, EngineRow[]> {
  const groups = new Map<string, EngineRow[]>();
  for (const row of rows) {
    for (const key of keysOf(row)) {
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [row]);
      else known.push(row);
    }
  }
  return groups;
}

function ownerText(key: readonly string[]): string {
  return JSON.stringify(key);
}
