import DataLoader from 'dataloader';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import type { SubjectHandle } from '../../feed/subject-reference.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { outcomeOf } from '../../port/interface-outcome.js';
import {
  type CountRequest,
  createListReader,
  type ListReader,
  type RowCount,
  type WalkPage,
  type WalkRequest,
} from '../fan/list-reader.js';
import { mapBounded } from '../fan/map-bounded.js';
import type { Hub } from '../hub.js';
import { digestQuery } from './cursor.js';

/** Subjects that are read in one go. */
const SUBJECTS_PER_BATCH = 100;
/** Rows of one batched page. */
const MAX_BATCH_ROWS = 2000;
/** Subjects read one by one at the same time, when a batched page was too short for them. */
const SINGLE_READS = 4;

interface Batch<Request> {
  readonly request: Request;
  readonly subject: SubjectHandle;
}

/**
 * Reads rows of single subjects. Equal requests for several subjects within one GraphQL request become one
 * page (or tally) of all of them, which is then split.
 */
export function createSubjectReaders(hub: Hub): (subject: SubjectHandle) => ListReader {
  const rows = createListReader(hub.fan);
  const pages = perRequest((context) =>
    loader<WalkRequest, WalkPage>((request, subjects) => readPages(rows, request, subjects, context)),
  );
  const counts = perRequest((context) =>
    loader<CountRequest, RowCount>((request, subjects) => readCounts(hub, request, subjects, context)),
  );
  return (subject) => ({
    // A cursor belongs to one subject: nothing to share.
    page: (request, context) =>
      request.after === undefined
        ? pages(context, digestQuery(request)).load({ request, subject })
        : readOne(rows, request, subject, context),
    count: (request, context) => counts(context, digestQuery(request)).load({ request, subject }),
  });
}

/** All loads of one loader carry the same request. */
function loader<Request, Answer>(
  read: (request: Request, subjects: readonly SubjectHandle[]) => Promise<readonly Answer[]>,
): DataLoader<Batch<Request>, Answer, string> {
  return new DataLoader<Batch<Request>, Answer, string>(
    async (batch) => {
      const [first] = batch;
      if (first === undefined) return [];
      return read(
        first.request,
        batch.map(({ subject }) => subject),
      );
    },
    { cacheKeyFn: ({ subject }) => subject.id, maxBatchSize: SUBJECTS_PER_BATCH },
  );
}

function readOne(
  rows: ListReader,
  request: WalkRequest,
  subject: SubjectHandle,
  context: CallContext,
): Promise<WalkPage> {
  return rows.page({ ...request, where: ofSubjects([subject], request.where) }, context);
}

async function readPages(
  rows: ListReader,
  request: WalkRequest,
  subjects: readonly SubjectHandle[],
  context: CallContext,
): Promise<readonly WalkPage[]> {
  const [only] = subjects;
  if (only !== undefined && subjects.length === 1) return [await readOne(rows, request, only, context)];
  const limit = Math.min(MAX_BATCH_ROWS, subjects.length * (request.limit + 1));
  const shared = await rows.page({ ...request, limit, where: ofSubjects(subjects, request.where) }, context);
  return mapBounded(subjects, SINGLE_READS, async (subject) => {
    const keys = new Set(subject.keys);
    const own = shared.parts.map((part) => ({
      interface: part.interface,
      rows: part.rows.filter((row) => row.subject !== null && keys.has(row.subject)),
      isCut: part.rows.length > limit,
    }));
    const isWhole = own.every(({ rows: found, isCut }) => !isCut || found.length > request.limit);
    return isWhole ? { ...shared, parts: own } : readOne(rows, request, subject, context);
  });
}

async function readCounts(
  hub: Hub,
  request: CountRequest,
  subjects: readonly SubjectHandle[],
  context: CallContext,
): Promise<readonly RowCount[]> {
  const where = ofSubjects(subjects, request.where);
  const parts = await hub.fan.tally({ ...request, where, by: [{ subject: true }], measures: [] }, context);
  return subjects.map((subject): RowCount => {
    const keys = new Set(subject.keys);
    const outcomes = parts.map((part) => {
      const own = (part.data ?? []).filter(({ key: [ref] }) => typeof ref === 'string' && keys.has(ref));
      return { ...outcomeOf(part), counted: own.reduce((total, { count }) => total + count, 0) };
    });
    return { outcomes };
  });
}

/** The subjects stand first: sources are asked in batches of their keys. */
function ofSubjects(subjects: readonly SubjectHandle[], where: RowCondition): RowCondition {
  const keys = [...new Set(subjects.flatMap((subject) => subject.keys))];
  return { all: [{ subject: keys }, where] };
}
