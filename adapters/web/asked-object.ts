import type { AskedParameter, ObjectDefinition } from '../source-object.js';

/** How a source that does not send everything at once is read on. */
export type Paging =
  | {
      /** Numbered pages. The last page is known by the total, or else by the empty page behind it. */
      readonly style: 'page';
      readonly param: string;
      readonly first: number;
      readonly sizeParam?: string;
      readonly size: number;
      /** Path of the number of all rows, such as `data.total`. */
      readonly total?: string;
      /**
       * What a page beyond the last one holds: nothing, or `repeats` the last page (PageHelper's `reasonable`). Default
       * nothing: a page that only repeats the one before it is then an error.
       */
      readonly beyond?: 'repeats';
    }
  | {
      readonly style: 'offset';
      readonly param: string;
      readonly sizeParam?: string;
      readonly size: number;
      readonly total?: string;
    }
  | {
      /** The answer names the next page; absent, null or empty: there is none. */
      readonly style: 'cursor';
      readonly param: string;
      readonly next: string;
      readonly sizeParam?: string;
      readonly size: number;
    };

/** What endpoints and operations have in common. */
export interface AskedObject extends ObjectDefinition {
  /** Sent with every call; what is no text is sent as JSON. */
  readonly fixed: ReadonlyMap<string, string>;
  /** Names of fixed parameters that are no texts: numbers, booleans, lists and objects. */
  readonly fixedJson?: ReadonlySet<string>;
  readonly ask: readonly AskedParameter[];
  /** Parameters of which one must be given, or else the source cannot be read. Empty: it can be read whole. */
  readonly needs: readonly string[];
  /** Values by which an object that needs a parameter can be looked at: for checks alone. */
  readonly probe: ReadonlyMap<string, string>;
  readonly paging?: Paging;
  /**
   * Paths of the list of rows, the first that is there counts; a single object is a list of one. A step that finds
   * JSON (or XML) inside a text goes on inside it. Empty, as in a draft: the longest list of objects anywhere.
   */
  readonly rows: readonly string[];
  /** A code inside the answer that tells success from failure, for sources that fail with HTTP 200. */
  readonly outcome?: {
    readonly path: string;
    readonly ok: readonly string[];
    /** These mean that there is no such row, which is no failure. */
    readonly none: readonly string[];
    /** Path of the text that explains a failure; for the log. */
    readonly message?: string;
  };
}
