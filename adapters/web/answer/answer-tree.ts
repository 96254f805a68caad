import type { WebRow } from '../web-protocol.js';

/** What stands at a path where rows are expected. */
export type FoundRows =
  | { readonly kind: 'rows'; readonly rows: readonly WebRow[] }
  /** The place, or one that it would be in, is there and holds nothing; or a count beside it is 0. */
  | { readonly kind: 'nothing' }
  /** Records of another name stand there, or a count beside it is not 0. */
  | { readonly kind: 'others' }
  /** Only plain values stand where it would be. */
  | { readonly kind: 'absent' };

/**
 * One decoded answer, independent of its format. Paths are dotted, as mappings write them; a step that meets
 * JSON or XML inside a text goes on inside it.
 *
 * @throws {SourceMalformed} every method, on a text on the way that begins as JSON or XML and is none.
 */
export interface AnswerTree {
  /**
   * The text of the one value at a path; null when there is none.
   *
   * @throws {SourceMalformed} where several values or records make it a guess.
   */
  textAt(path: string): string | null;
  /** The first text at a path, for messages. */
  messageAt(path: string): string | null;
  /** @throws {SourceMalformed} on what is neither rows nor nothing. */
  rowsAt(path: string): FoundRows;
  /** Where a person would look for rows first. */
  guessRowsPath(): string;
}
