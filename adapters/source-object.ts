/**
 * What one interface reads of its source, as its mapping's `source` block says it. A database describes its tables
 * by itself; what stands behind an endpoint, an operation or a dropped file has to be told.
 */
export type ObjectDefinition = TableDefinition | HttpDefinition | SoapDefinition | FileDefinition;

export interface TableDefinition {
  readonly kind: 'table';
  readonly table: string;
}

/** An object together with what its mapping reads of it. */
export interface SourceBinding {
  /** The interface's name, for messages. */
  readonly interface: string;
  readonly definition: ObjectDefinition;
  /** Every column that the mapping names, each once. */
  readonly columns: readonly string[];
  /** Of these, the ones that name a row: a row that lacks one is not what was agreed. */
  readonly key: readonly string[];
}

/**
 * A parameter that narrows what a source sends. `key` takes one value a call, `keys` several at once; `from` and
 * `to` are inclusive bounds. The source may send more than was asked for: rows are checked afterwards.
 */
export interface AskedParameter {
  /** Name of the request's parameter, or of the template's placeholder. */
  readonly param: string;
  /** Column of the rows that it speaks of. */
  readonly column: string;
  readonly by: 'key' | 'keys' | 'from' | 'to';
  /** `keys`: what stands between values. Default `,`. */
  readonly separator?: string;
  /** `keys`: values in one call. Default 100. */
  readonly most?: number;
  /**
   * `from`, `to`: what completes a shorter bound, for a source that takes moments alone: `0000-01-01 00:00:00` makes
   * `2026-06-30 00:00:00` of `2026-06-30`. Only for columns whose cells are all as long as this.
   */
  readonly fill?: string;
}

/** How a source that does not send everything at once is read on. */
export type Paging =
  | {
      /** Numbered pages. The last page is known by the total, or else by being shorter than `size`. */
      readonly style: 'page';
      readonly param: string;
      readonly first: number;
      readonly sizeParam?: string;
      readonly size: number;
      /** Path of the number of all rows, such as `data.total`. */
      readonly total?: string;
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
export interface AskedObject {
  /** Sent with every call; what is no text is sent as JSON. */
  readonly fixed: ReadonlyMap<string, string>;
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

export interface HttpDefinition extends AskedObject {
  readonly kind: 'http';
  readonly method: 'GET' | 'POST';
  /** Begins with `/`; `{param}` is replaced by a parameter, percent-encoded. */
  readonly path: string;
  /** Where parameters go. */
  readonly send: 'query' | 'form' | 'json';
}

export interface SoapDefinition extends AskedObject {
  readonly kind: 'soap';
  readonly path: string;
  readonly version: '1.1' | '1.2';
  /** SOAPAction of 1.1, `action` of 1.2. */
  readonly action: string;
  /** Namespace of the operation's element. */
  readonly namespace: string;
  /** Name of the operation's element. */
  readonly operation: string;
  /**
   * Content of the operation's element: XML with `{placeholders}` for parameters, for `user` and `password` of the
   * connection, and for `request`. Values are escaped.
   */
  readonly body: string;
  /** An XML document of its own that `{request}` in `body` stands for, escaped into a text (`query(String xml)`). */
  readonly request?: string;
}

export interface FileDefinition {
  readonly kind: 'file';
  /** Names of the files that are versions of this object: `*` and `?` stand for any characters. */
  readonly match: string;
  /** Sheets to be read, one after the other; null: all. Not for CSV. */
  readonly sheets: readonly string[] | null;
  /** The first row of the headings, counted from 1, and how many rows they take; stacked headings are joined by `/`. */
  readonly header: { readonly row: number; readonly rows: number };
  /** `auto`: UTF-8 if the bytes are that, else GB18030. CSV only. */
  readonly charset: 'auto' | 'utf-8' | 'gb18030';
  readonly delimiter: string;
}

/** Columns that the file adapter adds: the sheet's name, the row's number in it, and when the drop was accepted. */
export const FILE_COLUMNS = ['_sheet', '_row', '_received'] as const;

/** Whether the object can be asked for rows from a value of this column on. */
export function isAskedFrom(definition: ObjectDefinition, column: string): boolean {
  return (
    'ask' in definition && definition.ask.some((asked) => asked.by === 'from' && asked.column === column)
  );
}

/** What a message calls the object: the table, the endpoint's path, the operation, the pattern of file names. */
export function nameOfObject(definition: ObjectDefinition): string {
  switch (definition.kind) {
    case 'table':
      return definition.table;
    case 'http':
      return definition.path;
    case 'soap':
      return definition.operation;
    case 'file':
      return definition.match;
  }
}
