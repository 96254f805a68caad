import { type Deadline, withDeadline } from '../call-deadline.js';
import { columnsOf } from '../condition.js';
import type {
  CallBounds,
  Capabilities,
  ReadRequest,
  SourceAdapter,
  SourceColumn,
  SourceShape,
  TallyGroup,
  TallyRequest,
} from '../source-adapter.js';
import { ColumnMissing, SourceMalformed, SourceRejected, SourceTooLarge } from '../source-error.js';
import type { SourceRow } from '../source-value.js';
import { compileRead } from './compile/compile-read.js';
import { compileTally, compileTallyDecoder } from './compile/compile-tally.js';
import { explainStatement } from './compile/explain-statement.js';
import { type RowScope, resolveColumn } from './compile/row-scope.js';
import { adviseIndex, type IndexAdvice, writeCreateIndex } from './compile/suggest-index.js';
import type { Dialect, RunCatalogueQuery, TableComments } from './dialect.js';
import { isQuotable } from './quote-name.js';
import type { Sql } from './sql-fragment.js';
import type { SqlSource } from './sql-source.js';
import type { SqlColumn, SqlTable } from './sql-table.js';

/** How long a table's shape is kept. A statement that fails loads it again at once. */
const SHAPE_TTL_MS = 60_000;
/** Tables come from mappings; more than this is not a mapping. */
const MAX_SHAPES = 1000;

/** A source adapter that can also advise its administrator. */
export interface SqlAdapter extends SourceAdapter {
  /** The index that would let the source walk this read, and whether it is there. Null when none would help. */
  adviseIndex(request: ReadRequest, bounds: CallBounds): Promise<IndexAdvice | null>;
  suggestIndex(object: string, columns: readonly string[]): string | null;
}

interface KnownTable {
  readonly table: SqlTable;
  readonly loadedAt: number;
}

/** The port over any dialect: look up the shape, compile, run, decode. */
export class DialectAdapter implements SqlAdapter {
  readonly kind: string;
  readonly capabilities: Capabilities;
  readonly #dialect: Dialect;
  readonly #source: SqlSource;
  readonly #tables = new Map<string, KnownTable>();

  constructor(dialect: Dialect, source: SqlSource, cancels: boolean) {
    this.kind = dialect.kind;
    this.#dialect = dialect;
    this.#source = source;
    this.capabilities = {
      filters: true,
      orders: true,
      keyset: true,
      tallies: true,
      cancels,
      exchanges: false,
    };
  }

  describe(object: string, bounds: CallBounds): Promise<SourceShape> {
    return withDeadline(bounds, `describe ${object}`, async (deadline) => {
      const { name, columns, indexes } = await this.#load(object, deadline);
      const comments = await this.#dialect.loadComments?.(object, this.#catalogue(deadline));
      return {
        object: name,
        ...(comments?.table !== undefined && { comment: comments.table }),
        columns: [...columns.values()].map((column) => describeColumn(column, comments)),
        indexes: indexes.map((index) => ({ columns: index.columns, unique: index.unique })),
      };
    });
  }

  read(request: ReadRequest, bounds: CallBounds): Promise<readonly SourceRow[]> {
    const object = request.from.name;
    return withDeadline(bounds, `read ${object}`, (deadline) =>
      this.#withTable(object, deadline, async (scope) => {
        const columns = request.columns.map((name) => resolveColumn(scope, name).column);
        const rows = await this.#run(compileRead(request, scope), deadline);
        return rows.map((row) =>
          columns.map((column, index) => this.#dialect.decode(column, row[index] ?? null)),
        );
      }),
    );
  }

  tally(request: TallyRequest, bounds: CallBounds): Promise<readonly TallyGroup[]> {
    const object = request.from.name;
    return withDeadline(bounds, `tally ${object}`, (deadline) =>
      this.#withTable(object, deadline, async (scope) => {
        const rows = await this.#run(compileTally(request, scope), deadline);
        if (rows.length > request.maxGroups) {
          throw new SourceTooLarge(`Cannot tally ${object}: there are more than ${request.maxGroups} groups`);
        }
        return rows.map(compileTallyDecoder(request, scope));
      }),
    );
  }

  probe(bounds: CallBounds): Promise<void> {
    return withDeadline(bounds, 'reach the source', async (deadline) => {
      const [row] = await this.#source.query({ text: 'SELECT 1', params: [] }, deadline);
      if (row === undefined) throw new SourceMalformed('Cannot reach the source: SELECT 1 gave no row');
    });
  }

  adviseIndex(request: ReadRequest, bounds: CallBounds): Promise<IndexAdvice | null> {
    return withDeadline(bounds, `advise on ${request.from.name}`, async (deadline) => {
      const table = await this.#load(request.from.name, deadline);
      return adviseIndex(request, { dialect: this.#dialect, table });
    });
  }

  /** By the column types and collations of the last `describe` or read; before one, columns are taken as they are. */
  suggestIndex(object: string, columns: readonly string[]): string | null {
    const table = this.#tables.get(object)?.table ?? assumeTable(object, columns);
    return writeCreateIndex(columns, { dialect: this.#dialect, table });
  }

  explain(request: ReadRequest): string {
    const known = this.#tables.get(request.from.name);
    const table = known?.table ?? assumeTable(request.from.name, columnsOfRequest(request));
    const scope: RowScope = { dialect: this.#dialect, table };
    const statement = explainStatement(this.#dialect.render(compileRead(request, scope)));
    return known === undefined
      ? `-- 尚未读取表结构，暂将各列视为文本 / the table has not been described yet; its columns are taken for text\n${statement}`
      : statement;
  }

  async close(): Promise<void> {
    this.#tables.clear();
    await this.#source.close().catch(() => undefined);
  }

  async #run(piece: Sql, deadline: Deadline): Promise<readonly (readonly unknown[])[]> {
    const statement = this.#dialect.render(piece);
    const { maxParams } = this.#dialect;
    if (statement.params.length > maxParams) {
      throw new SourceRejected(
        `Cannot run the statement: it may bind ${maxParams} values, but needs ${statement.params.length}; ask for fewer keys at once`,
      );
    }
    return this.#source.query(statement, deadline);
  }

  /** Runs with the known shape; when the source refuses, its shape may have changed, so once more with the new one. */
  async #withTable<T>(object: string, deadline: Deadline, work: (scope: RowScope) => Promise<T>): Promise<T> {
    const known = this.#recall(object);
    if (known !== null) {
      try {
        return await work({ dialect: this.#dialect, table: known });
      } catch (error) {
        if (!(error instanceof SourceRejected || error instanceof SourceMalformed)) throw error;
        this.#tables.delete(object);
      }
    }
    return work({ dialect: this.#dialect, table: await this.#load(object, deadline) });
  }

  #recall(object: string): SqlTable | null {
    const known = this.#tables.get(object);
    return known !== undefined && performance.now() - known.loadedAt < SHAPE_TTL_MS ? known.table : null;
  }

  #catalogue(deadline: Deadline): RunCatalogueQuery {
    return (text, params) =>
      this.#source.query({ text, params }, { ...deadline, maxBytes: Number.POSITIVE_INFINITY });
  }

  async #load(object: string, deadline: Deadline): Promise<SqlTable> {
    const table = isQuotable(object)
      ? await this.#dialect.loadTable(object, this.#catalogue(deadline))
      : null;
    if (table === null) {
      this.#tables.delete(object);
      throw new ColumnMissing(`Cannot read ${JSON.stringify(object)}: the source has no such table or view`);
    }
    if (this.#tables.size >= MAX_SHAPES) this.#tables.clear();
    this.#tables.set(object, { table, loadedAt: performance.now() });
    return table;
  }
}

function describeColumn(
  { name, type, nativeType, nullable }: SqlColumn,
  comments: TableComments | undefined,
): SourceColumn {
  const comment = comments?.columns.get(name);
  return { name, type, nativeType, nullable, ...(comment !== undefined && { comment }) };
}

/** A shape to explain by, before the source was asked for its own. */
function assumeTable(name: string, columns: readonly string[]): SqlTable {
  const assumed = new Map<string, SqlColumn>();
  for (const column of columns) {
    assumed.set(column, {
      name: column,
      type: 'text',
      nativeType: 'text',
      nullable: true,
      base: 'text',
      collation: 'codePoint',
    });
  }
  return { name, isView: false, columns: assumed, indexes: [] };
}

function columnsOfRequest({ from, columns, orderBy, where }: ReadRequest): readonly string[] {
  const guards = orderBy.flatMap((term) => (term.guard === undefined ? [] : [term.guard]));
  const names = [...columns, ...orderBy.map((term) => term.column), ...columnsOf([where, ...guards])];
  const { latest } = from;
  return latest === undefined
    ? names
    : [...names, ...latest.by, ...latest.newest, ...columnsOf([latest.among])];
}
