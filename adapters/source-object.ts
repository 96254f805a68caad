/**
 * What one interface reads of its source, as its mapping's `source` block says it. Each adapter kind adds keys of its
 * own, which nobody else reads.
 */
export interface ObjectDefinition {
  /** The key of the block in the mapping, such as `table` or `http`; it names the adapter kind as well. */
  readonly kind: string;
  /** Parameters by which the source can be asked for a part of its rows. Absent: it is asked by conditions. */
  readonly ask?: readonly AskedParameter[];
  /** Rows that one call brings at most, of a source that is read page by page. */
  readonly rowsPerCall?: number;
  /** Names of the parameters of which one must be given. Absent or empty: the object can be read whole. */
  readonly needs?: readonly string[];
}

/** An object together with what its mapping reads of it. */
export interface SourceBinding<Definition extends ObjectDefinition = ObjectDefinition> {
  /** The interface's name, for messages. */
  readonly interface: string;
  readonly definition: Definition;
  /** Every column that the mapping names, each once. */
  readonly columns: readonly string[];
  /** The columns that name a row. A row without one of them is malformed. */
  readonly key: readonly string[];
  /** Columns that tell the versions of a row apart, of which the newest counts: a key may come once with each. Default none. */
  readonly newest?: readonly string[];
  /**
   * Columns that are read as numbers or days: a source whose cells have a display format gives their stored value,
   * and of all other columns what a person sees. Default none.
   */
  readonly numbers?: readonly string[];
  /** Rows that break one of these are none of the interface. Default none. */
  readonly where?: readonly BoundRule[];
}

/** A rule of a mapping's `where` on one column. */
interface BoundRule {
  readonly column: string;
  /** Whether the cell must be none of the values. */
  readonly negated: boolean;
  /** Null: the cell is empty. */
  readonly values: readonly (string | number | null)[];
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
  /**
   * What a value is in a JSON body; `list` and `numbers` take all values of `keys` at once, of which a query or a form
   * repeats the parameter. Default: a text.
   */
  readonly type?: 'number' | 'boolean' | 'list' | 'numbers';
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

/** Whether the object can be asked for rows from a value of this column on. */
export function isAskedFrom({ ask = [] }: ObjectDefinition, column: string): boolean {
  return ask.some((asked) => asked.by === 'from' && asked.column === column);
}
