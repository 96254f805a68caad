import type { GraphQLError } from 'graphql';
import { ERROR_CATALOGUE, isErrorCode } from '../../../runtime/errors.js';
import { hasDoubtfulNumbers, parseExact } from '../../../runtime/json/exact-json.js';
import { COVERAGE_STATES, isAbsent } from '../../../subgraphs/port/interface-outcome.js';
import type { AnsweredInterface } from '../../execute/answer-coverage.js';
import type { Answer } from '../../execute/executor.js';
import type { ExportOperation } from '../ask/export-operation.js';

/** Something that a page lacks. */
export interface Lack {
  /** The interface, or the subgraph or code of an error where no interface is named. */
  readonly name: string;
  readonly reason: string;
  /** Whether it may be there when the page is asked for again. */
  readonly mayReturn: boolean;
  /**
   * `rows`: the cursor keeps the place of the interface, whose rows come later in the walk. `page`: the walk must not go
   * on behind the page. `cells`: something is missing in rows of the page.
   */
  readonly of: 'rows' | 'page' | 'cells';
}

/** One page of a list, as an answer gives it. */
export interface ListPage {
  /** Null when the answer has no list. */
  readonly rows: readonly unknown[] | null;
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  /** Whether the page is shown again behind its own cursor, because something is away that may change it. */
  readonly comesAgain: 'no' | 'yes' | 'unclear';
  readonly lacks: readonly Lack[];
  /** What the page rests on, lists and links inside rows included. */
  readonly interfaces: readonly AnsweredInterface[];
  /** Interfaces whose rows come later than due on this page. */
  readonly late: readonly string[];
  readonly errors: readonly GraphQLError[];
}

interface CoverageEntry extends AnsweredInterface {
  readonly late: boolean;
}

export function readPage(answer: Answer, { list, page }: Pick<ExportOperation, 'list' | 'page'>): ListPage {
  const { errors } = answer;
  const connection = answer.kind === 'executed' ? partOf(parseData(String(answer.data)), list) : null;
  const rows = partOf(connection, page.rows);
  const interfaces = answer.kind === 'executed' ? (answer.coverage?.interfaces ?? []) : [];
  if (!Array.isArray(rows)) {
    const lacks = errors.map((error) => lackOf(error, 'page'));
    return { ...NO_PAGE, lacks, interfaces, errors };
  }
  const info = partOf(connection, page.pageInfo);
  const [startCursor, endCursor] = [textOf(partOf(info, 'startCursor')), textOf(partOf(info, 'endCursor'))];
  const coverage = page.coverage === null ? [] : readCoverage(partOf(connection, page.coverage));
  // A list that cannot remember who was away gives one cursor for the whole page: that of its beginning.
  const hasOneCursor = rows.length > 0 && startCursor === endCursor;
  const absent = coverage.filter(isAbsent);
  const away = absent.map((one): Lack => {
    return { ...describeAbsence(one), of: hasOneCursor || isRegistry(one) ? 'page' : 'rows' };
  });
  return {
    rows,
    endCursor,
    hasNextPage: partOf(info, 'hasNextPage') === true,
    comesAgain: comesAgain(rows.length, hasOneCursor, absent),
    lacks: [...away, ...errors.map((error) => lackOf(error, isOfList(error, list) ? 'page' : 'cells'))],
    interfaces,
    late: coverage.flatMap(({ interface: name, late }) => (late ? [name] : [])),
    errors,
  };
}

const NO_PAGE = {
  rows: null,
  endCursor: null,
  hasNextPage: false,
  comesAgain: 'no',
  late: [],
} as const;

/** The registry is named by itself where a filter needs it: a walk has no place of its own for what it hides. */
function isRegistry({ interface: name, department }: CoverageEntry): boolean {
  return name === department;
}

function comesAgain(
  rows: number,
  hasOneCursor: boolean,
  absent: readonly CoverageEntry[],
): ListPage['comesAgain'] {
  if (!hasOneCursor || absent.length === 0) return 'no';
  return rows === 1 && !absent.some(isRegistry) ? 'unclear' : 'yes';
}

function parseData(text: string): unknown {
  return hasDoubtfulNumbers(text) ? parseExact(text) : JSON.parse(text);
}

export function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Whether an error is the list's own, not one of something inside its rows. */
function isOfList({ path }: GraphQLError, list: string): boolean {
  return path === undefined || (path.length === 1 && path[0] === list);
}

function lackOf({ extensions, message }: GraphQLError, of: Lack['of']): Lack {
  const { interface: name, subgraph, code } = extensions;
  return {
    name: String(name ?? subgraph ?? code),
    reason: typeof extensions.reason === 'string' ? extensions.reason : `${code}: ${message}`,
    mayReturn: extensions.retryable === true,
    of,
  };
}

function describeAbsence({ interface: name, state, reason }: CoverageEntry): Omit<Lack, 'of'> {
  const code = reason?.split(':')[0];
  // A reason without a code: the walk began without the interface, and goes on without it.
  const mayReturn = state === 'MISSING' && isErrorCode(code) && ERROR_CATALOGUE[code].retryable;
  return { name, reason: reason ?? state, mayReturn };
}

function readCoverage(said: unknown): readonly CoverageEntry[] {
  if (!Array.isArray(said)) return [];
  return said.flatMap((one): readonly CoverageEntry[] => {
    const state = COVERAGE_STATES.find((each) => each === partOf(one, 'state'));
    const name = textOf(partOf(one, 'interface'));
    if (state === undefined || name === null) return [];
    return [
      {
        interface: name,
        department: textOf(partOf(one, 'department')) ?? '',
        state,
        asOf: textOf(partOf(one, 'asOf')),
        reason: textOf(partOf(one, 'reason')),
        late: partOf(one, 'late') === true,
      },
    ];
  });
}
