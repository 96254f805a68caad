import { SourceMalformed } from '../../source-error.js';
import { isJsonList, isJsonObject, type JsonTree, textOfJson } from '../../web/answer/json-tree.js';
import type { AskedObject } from '../../web/asked-object.js';
import type { WebAnswer, WebRow } from '../../web/web-protocol.js';
import { guessRowsPath } from './guess-json-rows.js';
import { findPath, openText } from './json-paths.js';
import { decodeRow } from './read-json-row.js';

/** What one answer says by its own code. */
export type ReadOutcome =
  | { readonly kind: 'rows'; readonly answer: WebAnswer }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** What it takes to understand the answers of one object. */
export interface AnswerShape {
  readonly definition: Pick<AskedObject, 'rows' | 'outcome' | 'paging'>;
  /** Columns that the mapping names. */
  readonly wanted: ReadonlySet<string>;
  /** Path of the number of rows in this answer, where the protocol has one: it tells a renamed list from none. */
  readonly count?: string;
  /** Completes the sentence "Cannot …". */
  readonly action: string;
}

const NO_ROWS: ReadOutcome = { kind: 'rows', answer: { rows: [], total: null, next: null } };

/** @throws {SourceMalformed} when the answer is not built as the definition says. */
export function readAnswer(tree: JsonTree, shape: AnswerShape): ReadOutcome {
  const { definition, action } = shape;
  const { outcome } = definition;
  if (outcome !== undefined) {
    const code = leafAt(tree, outcome.path, action);
    if (code === null) {
      throw new SourceMalformed(
        `Cannot ${action}: the answer must have a code at ${outcome.path}, but has none`,
      );
    }
    if (outcome.none.includes(code)) return NO_ROWS;
    if (!outcome.ok.includes(code)) {
      const told = outcome.message === undefined ? null : leafAt(tree, outcome.message, action);
      return { kind: 'refused', code, message: shorten(told ?? '') };
    }
  }
  const total = readTotal(tree, shape);
  const { paging } = definition;
  const next = paging?.style === 'cursor' ? leafAt(tree, paging.next, action) : null;
  if (definition.rows.length > 0) {
    return { kind: 'rows', answer: { rows: readRows(tree, total, definition.rows, shape), total, next } };
  }
  const rowsAt = guessRowsPath(tree, action);
  return { kind: 'rows', answer: { rows: readRows(tree, total, [rowsAt], shape), total, next, rowsAt } };
}

/** The text of the scalar at a path; null when there is none. */
export function leafAt(tree: JsonTree, path: string, action: string): string | null {
  const found = findPath(tree, path, action);
  return found === undefined || isJsonList(found) || isJsonObject(found) ? null : textOfJson(found);
}

/** A source that announces its total and then does not would end too early by the look of its pages. */
function readTotal(tree: JsonTree, { definition: { paging }, action }: AnswerShape): number | null {
  if (paging === undefined || paging.style === 'cursor' || paging.total === undefined) return null;
  const text = leafAt(tree, paging.total, action);
  if (text !== null && /^\d{1,15}$/.test(text)) return Number(text);
  throw new SourceMalformed(
    `Cannot ${action}: the answer must say at ${paging.total} how many rows there are, but says ${text ?? 'nothing'}`,
  );
}

function readRows(
  tree: JsonTree,
  total: number | null,
  paths: readonly string[],
  { wanted, action, count }: AnswerShape,
): readonly WebRow[] {
  let isEmpty = total === 0;
  for (const path of paths) {
    const found = findPath(tree, path, action);
    if (found === undefined) continue;
    const list = listOf(found, path, action);
    if (list !== null) return list.map((item) => decodeRow(item, wanted, action));
    isEmpty = true;
  }
  const counted = count === undefined ? null : leafAt(tree, count, action);
  if (isEmpty && !/^0*[1-9]\d*$/.test(counted ?? '')) return [];
  throw new SourceMalformed(
    `Cannot ${action}: the answer must have rows at ${paths.join(' or ')}, but has nothing there`,
  );
}

/** One object is a list of one, one without members is none; null where the place is there and holds nothing. */
function listOf(found: JsonTree, path: string, action: string): readonly JsonTree[] | null {
  const inside = openText(found, action);
  if (isJsonList(inside)) return inside;
  if (isJsonObject(inside)) return inside.size === 0 ? null : [inside];
  if (inside === null || inside === '' || inside === 'null') return null;
  throw new SourceMalformed(
    `Cannot ${action}: there must be rows at ${path}, but there is ${shorten(textOfJson(inside) ?? '')}`,
  );
}

/** What a source says goes to the log, but not without end. */
function shorten(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}
