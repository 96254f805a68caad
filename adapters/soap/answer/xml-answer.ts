import { SourceMalformed, SourceRejected } from '../../source-error.js';
import type { WebAnswer } from '../../web/web-protocol.js';
import type { SoapDefinition } from '../soap-definition.js';
import { type AnswerNode, isLeaf } from '../xml/xml-node.js';
import { guessRowsPath } from './guess-xml-rows.js';
import { readRow } from './read-xml-row.js';
import { createPathFinder, type PathFinder } from './xml-paths.js';

const NO_ROWS: WebAnswer = { rows: [], total: null, next: null };
const MAX_MESSAGE = 200;

/**
 * What the body of a SOAP answer says. Paths of the mapping begin inside the body, at the operation's answer.
 *
 * @param columns those that the mapping reads.
 * @param action completes the sentence "Cannot …".
 * @throws {SourceRejected} on an outcome that is neither success nor "none".
 * @throws {SourceMalformed} when something that must be there is not.
 */
export function readAnswer(
  body: AnswerNode,
  definition: SoapDefinition,
  columns: readonly string[],
  action: string,
): WebAnswer {
  const finder = createPathFinder(action);
  const { outcome, paging } = definition;
  if (outcome !== undefined && isNone(body, outcome, finder, action)) return NO_ROWS;
  const total = paging?.style === 'cursor' ? null : readTotal(body, paging?.total, finder, action);
  const rowsAt = definition.rows.length === 0 ? guessRowsPath(body, finder) : undefined;
  const paths = rowsAt === undefined ? definition.rows : [rowsAt];
  const rows = total === 0 ? [] : findRows(body, paths, outcome !== undefined, finder, action);
  if (total === null && rows.length > 0 && paging !== undefined && 'total' in paging) {
    // Without it, the reading would end by the look of a page.
    throw new SourceMalformed(
      `Cannot ${action}: the answer must say at ${paging.total} how many rows there are, but says nothing`,
    );
  }
  return {
    rows: rows.map((row) => readRow(row, columns, finder, action)),
    total,
    next: paging?.style === 'cursor' ? textAt(body, paging.next, finder, action) : null,
    ...(rowsAt !== undefined && { rowsAt }),
  };
}

function isNone(
  body: AnswerNode,
  outcome: NonNullable<SoapDefinition['outcome']>,
  finder: PathFinder,
  action: string,
): boolean {
  const code = textAt(body, outcome.path, finder, action);
  if (code === null) {
    throw new SourceMalformed(
      `Cannot ${action}: the answer must have a code at ${outcome.path}, but has none`,
    );
  }
  if (outcome.ok.includes(code)) return false;
  if (outcome.none.includes(code)) return true;
  const message =
    outcome.message === undefined ? null : (finder.find(body, outcome.message)[0]?.text ?? null);
  throw new SourceRejected(
    `Cannot ${action}: the source must answer with success, but answers with code ` +
      JSON.stringify(code.slice(0, MAX_MESSAGE)) +
      (message === null ? '' : `: ${JSON.stringify(message.slice(0, MAX_MESSAGE))}`),
  );
}

/**
 * The rows at the first path that is there. A list that is there and empty has none; so has a success that leaves the
 * list out. But records that stand where the rows should, under another name, are not what was agreed.
 */
function findRows(
  body: AnswerNode,
  paths: readonly string[],
  isSuccess: boolean,
  finder: PathFinder,
  action: string,
): readonly AnswerNode[] {
  for (const path of paths) {
    const found = finder.find(body, path);
    if (found.length > 0) return found.flatMap((node) => finder.itemsOf(node)).filter((node) => !node.isNil);
  }
  const lists = paths.flatMap((path) => {
    const steps = path.split('.').slice(0, -1);
    return steps.length === 0 ? [] : finder.find(body, steps.join('.'));
  });
  const hasOthers = lists.some((list) => list.children.some((child) => !isLeaf(child)));
  const isEmpty = lists.length > 0 && lists.every((list) => isLeaf(list) && list.text.trim() === '');
  if (!hasOthers && (isEmpty || isSuccess)) return [];
  throw new SourceMalformed(
    `Cannot ${action}: the answer must have rows at ${paths.join(' or ')}, but has ` +
      (hasOthers ? 'others there' : 'none'),
  );
}

function readTotal(
  body: AnswerNode,
  path: string | undefined,
  finder: PathFinder,
  action: string,
): number | null {
  const text = path === undefined ? null : textAt(body, path, finder, action);
  if (text === null) return null;
  const total = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(total)) {
    throw new SourceMalformed(
      `Cannot ${action}: ${path} must be a number of rows, but is ${JSON.stringify(text.slice(0, 40))}`,
    );
  }
  return total;
}

/** Null when it is absent or nil. Blanks around it mean nothing in codes and numbers. */
function textAt(body: AnswerNode, path: string, finder: PathFinder, action: string): string | null {
  const [node, ...others] = finder.find(body, path);
  if (node === undefined || node.isNil) return null;
  if (others.length > 0 || !isLeaf(node)) {
    throw new SourceMalformed(
      `Cannot ${action}: the answer must have one text at ${path}, but has several or elements there`,
    );
  }
  return node.text.trim();
}
