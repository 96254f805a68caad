import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { isAbsent } from '../../port/interface-outcome.js';
import { aged } from '../fan/aged-fan.js';
import type { InterfaceCoverage } from '../fan/coverage.js';
import { tellCoverage } from '../fan/tell-coverage.js';
import { badInput, checkUpTo } from '../filter/bad-input.js';
import { readPageWindow } from '../filter/page-window.js';
import { type AgeArguments, readAge } from '../filter/read-age.js';
import type { Hub } from '../hub.js';
import type { Period } from '../indicators/indicator.js';
import { readMonth } from '../indicators/periods.js';
import { digestQuery } from '../rows/cursor.js';
import { subjectStub } from '../rows/row-node.js';
import { type Selection, selectionOf } from '../rows/selection.js';
import { askRegistry } from '../subjects/ask-registry.js';
import { enumerateSubjects } from '../subjects/enumerate-subjects.js';
import { readSubjectCondition } from '../subjects/read-subject-condition.js';
import { registryCoverage } from '../subjects/registry-coverage.js';
import { semiJoin } from '../subjects/semi-join.js';
import { isFree } from '../subjects/subject-condition.js';
import { createNotes, type JoinRequest } from '../subjects/tally-clause.js';
import {
  type CandidateReader,
  findCandidates,
  isAfter,
  type JointCheckCandidate,
  rankOf,
  valuesByCandidate,
} from './find-candidates.js';

interface CandidateArguments extends AgeArguments {
  readonly month: string;
  readonly where?: Readonly<Record<string, unknown>> | null;
  readonly minDepartments: number;
  readonly first?: number | null;
  readonly after?: string | null;
}

type CandidateNode = Omit<JointCheckCandidate, 'id' | 'keys'> & {
  readonly subject: ReturnType<typeof subjectStub>;
  /** Visits that one check of all departments would save. */
  readonly avoidable: number;
  readonly officers: readonly string[];
  readonly equipment: readonly string[];
};

interface Candidates {
  readonly nodes: readonly CandidateNode[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  /** Null while an interface gives nothing. */
  readonly totalCount: number | null;
  readonly coverage: readonly InterfaceCoverage[];
}

const FEWEST_DEPARTMENTS = 2;
const MOST_DEPARTMENTS = 20;

/** `Query.jointCheckCandidates`: whom several departments visited one by one, with the four elements of one check. */
export function candidatesResolver(whole: Hub) {
  return async (
    _parent: unknown,
    { month, where = null, minDepartments, first = null, after = null, ...age }: CandidateArguments,
    context: CallContext,
    info: GraphQLResolveInfo,
  ): Promise<Candidates> => {
    const hub = aged(whole, readAge(age));
    const window = readPageWindow({ first, after });
    const period = readMonth(month, 'month', context.today);
    const least = readLeast(minDepartments);
    const register = await registryCoverage(hub, context);
    const notes = createNotes(register);
    const reader: CandidateReader = { hub, book: notes.coverage, context };
    const found = await findCandidates(reader, period, least);
    const wanted = await keepWanted(found, where, reader, {
      notes,
      handOn: true,
      amounts: new Map(),
      named: false,
      isRegisterWhole: !register.some(isAbsent),
    });
    const digest = digestQuery({ kind: 'JointCheckCandidate', month, where, least });
    const place = window.cursor === null ? null : hub.cursors.openSubject(digest, window.cursor);
    const rest = place === null ? wanted : wanted.filter((candidate) => isAfter(candidate, place));
    const nodes = await showCandidates(rest.slice(0, window.size), period, reader, selectionOf(info));
    const coverage = notes.coverage.list();
    tellCoverage(coverage, selectionOf(info).has('coverage'), context, info);
    const isIncomplete = coverage.some(isAbsent);
    const cursorOf = (candidate: JointCheckCandidate | undefined): string | null =>
      candidate === undefined || isIncomplete
        ? null
        : hub.cursors.sealSubject(digest, { value: rankOf(candidate), id: candidate.id });
    return {
      nodes,
      // A walk must not step over candidates that a missing interface hides: it ends here.
      pageInfo: {
        hasNextPage: !isIncomplete && rest.length > window.size,
        hasPreviousPage: place !== null,
        startCursor: cursorOf(rest[0]),
        endCursor: cursorOf(rest[nodes.length - 1]),
      },
      totalCount: isIncomplete ? null : wanted.length,
      coverage,
    };
  };
}

function readLeast(minDepartments: number): number {
  checkUpTo(MOST_DEPARTMENTS, 'minDepartments', minDepartments);
  if (minDepartments >= FEWEST_DEPARTMENTS) return minDepartments;
  throw badInput(
    'minDepartments',
    `至少为 ${FEWEST_DEPARTMENTS}，现为 ${minDepartments}。`,
    `must be at least ${FEWEST_DEPARTMENTS}, but is ${minDepartments}.`,
  );
}

/** Those of whom the filter of `subjects` holds. */
async function keepWanted(
  candidates: readonly JointCheckCandidate[],
  where: CandidateArguments['where'],
  { hub, context }: CandidateReader,
  request: JoinRequest,
): Promise<readonly JointCheckCandidate[]> {
  if (candidates.length === 0) return candidates;
  const condition = await readSubjectCondition(hub, where, 'where', context);
  const everybody = new Set(candidates.map(({ id }) => id));
  const joined = (await semiJoin(hub, condition, everybody, request, context)).ids ?? everybody;
  const ids =
    joined.size === 0 || isFree(condition.register)
      ? joined
      : await askRegistry(() =>
          enumerateSubjects(hub.registry, { ...condition.register, ids: [...joined] }, context),
        );
  return candidates.filter(({ id }) => ids.has(id));
}

/** The four elements: items, people, the subject, and what equipment joint checks of it took before. */
async function showCandidates(
  candidates: readonly JointCheckCandidate[],
  { first, last }: Period,
  reader: CandidateReader,
  selection: Selection,
): Promise<readonly CandidateNode[]> {
  const selected = selection.below('nodes');
  const valuesOf = async (name: string, kind: RowKind, where: RowCondition) =>
    selected.has(name) ? valuesByCandidate(reader, kind, where, name, candidates) : new Map();
  const [officers, equipment] = await Promise.all([
    valuesOf('officers', 'Inspection', { field: 'date', from: first, to: last }),
    valuesOf('equipment', 'JointCheck', { all: [] }),
  ]);
  return candidates.map(({ id, keys: _keys, ...candidate }) => ({
    ...candidate,
    subject: subjectStub(id),
    avoidable: candidate.visits - 1,
    officers: officers.get(id) ?? [],
    equipment: equipment.get(id) ?? [],
  }));
}
