import { SourceMalformed } from '../../source-error.js';
import type { AskedObject } from '../asked-object.js';
import type { WebAnswer, WebRow } from '../web-protocol.js';
import type { AnswerTree } from './answer-tree.js';
import { refuseFailure } from './refuse-failure.js';

/** What one answer says by its own code. */
export type ReadOutcome =
  | { readonly kind: 'rows'; readonly answer: WebAnswer }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** How the answers of one object are built. */
export interface AnswerShape {
  readonly definition: Pick<AskedObject, 'rows' | 'outcome' | 'paging'>;
  /** Path of the number of rows in this answer, where the protocol has one: it tells a renamed list from none. */
  readonly count?: string;
  /** After a code of success an answer without rows may leave out its list. XML services do so. Default false. */
  readonly omitsEmpty?: boolean;
  /** Completes the sentence "Cannot …". */
  readonly action: string;
}

const MAX_MESSAGE = 200;

export const NO_ROWS: WebAnswer = { rows: [], total: null, next: null };

/**
 * Reads the outcome, the total, the next cursor and the rows of an answer.
 *
 * @throws {SourceMalformed} when the answer is not built as the definition says.
 */
export function readAnswer(tree: AnswerTree, shape: AnswerShape): ReadOutcome {
  const { definition, action } = shape;
  const { outcome, paging } = definition;
  if (outcome !== undefined) {
    const code = tree.textAt(outcome.path);
    if (code === null) {
      throw new SourceMalformed(
        `Cannot ${action}: the answer must have a code at ${outcome.path}, but has none`,
      );
    }
    if (outcome.none.includes(code)) return { kind: 'rows', answer: NO_ROWS };
    if (!outcome.ok.includes(code)) {
      const told = outcome.message === undefined ? null : tree.messageAt(outcome.message);
      return { kind: 'refused', code, message: shorten(told ?? '') };
    }
  }
  const total = readTotal(tree, shape);
  const isGuessed = definition.rows.length === 0;
  const paths = isGuessed ? [tree.guessRowsPath()] : definition.rows;
  const rows = readRows(tree, total, paths, shape);
  if (total === null && rows.length > 0) requireTotal(shape, null);
  if (rows.length === 0 && outcome === undefined) refuseFailure(tree, action);
  const next = paging?.style === 'cursor' ? tree.textAt(paging.next) : null;
  const [rowsAt] = isGuessed ? paths : [];
  return { kind: 'rows', answer: { rows, total, next, ...(rowsAt !== undefined && { rowsAt }) } };
}

function readTotal(tree: AnswerTree, shape: AnswerShape): number | null {
  const path = totalPath(shape);
  if (path === undefined) return null;
  const text = tree.textAt(path);
  if (text !== null && /^\d{1,15}$/.test(text)) return Number(text);
  // An answer without rows may leave out its total.
  if (text !== null && text !== '') requireTotal(shape, text);
  return null;
}

/** Without its total, a reading would end by the look of its pages. @throws {SourceMalformed} */
function requireTotal(shape: AnswerShape, said: string | null): void {
  const path = totalPath(shape);
  if (path === undefined) return;
  throw new SourceMalformed(
    `Cannot ${shape.action}: the answer must say at ${path} how many rows there are, but says ${said === null ? 'nothing' : shorten(said)}`,
  );
}

function totalPath({ definition: { paging } }: AnswerShape): string | undefined {
  return paging === undefined || paging.style === 'cursor' ? undefined : paging.total;
}

/** The rows at the first path that has some. Nothing, where one of the paths honestly says so and none says otherwise. */
function readRows(
  tree: AnswerTree,
  total: number | null,
  paths: readonly string[],
  { definition, omitsEmpty = false, count, action }: AnswerShape,
): readonly WebRow[] {
  const empty: string[] = [];
  let hasOthers = false;
  for (const path of paths) {
    // What holds an empty list is no row beside it.
    if (empty.some((inner) => inner.startsWith(`${path}.`))) continue;
    const found = tree.rowsAt(path);
    if (found.kind === 'rows' && found.rows.length > 0) return found.rows;
    if (found.kind === 'rows' || found.kind === 'nothing') empty.push(path);
    hasOthers ||= found.kind === 'others' && total !== 0;
  }
  const counted = count === undefined ? null : tree.textAt(count);
  const isOmitted = omitsEmpty && definition.outcome !== undefined;
  const isEmpty = empty.length > 0 || total === 0 || /^0+$/.test(counted ?? '') || isOmitted;
  // A page beyond the last one may well repeat how many rows there are in all.
  const isCounted = definition.paging === undefined && /^0*[1-9]\d*$/.test(counted ?? '');
  if (!isCounted && isEmpty && (!hasOthers || empty.length > 0)) return [];
  throw new SourceMalformed(
    `Cannot ${action}: the answer must have rows at ${paths.join(' or ')}, but has ${hasOthers ? 'others' : 'nothing'} there${isCounted ? `, though it counts ${counted}` : ''}`,
  );
}

/** What a source says goes to the log, but not without end. */
export function shorten(text: string): string {
  return text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE)}…`;
}
