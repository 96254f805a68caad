import { ALWAYS } from '../../../adapters/condition.js';
import type { OrderTerm } from '../../../adapters/source-adapter.js';
import type { SourceRow, SourceValue } from '../../../adapters/source-value.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { UNOBSERVED } from '../../port/source-observer.js';
import { cellText } from '../../values/texts/cell-text.js';
import { isFilled } from '../check/draft/filled.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { compileRowReader } from '../read/row/row-reader.js';
import { isUnreadable } from '../read/row/unreadable.js';
import type { InterfaceRows } from '../read/served-interface.js';

/** How the newest rows of an interface read. */
export interface CellStudy {
  readonly rows: number;
  readonly fields: readonly FieldStudy[];
  /** Rows about nobody who is known by a number; null: its rows point at nobody. */
  readonly unresolved: number | null;
}

/** Of one field. */
export interface FieldStudy {
  readonly field: string;
  readonly column: string;
  /** Cells that hold something. */
  readonly filled: number;
  readonly unreadable: number;
  /** Whether its cells are codes. */
  readonly hasCodes: boolean;
  /** Different cells with a code that is in no list. */
  readonly unknownCodes: number;
}

/** Rows looked at where the source sends what it is asked for, and where every page is a call. */
const SAMPLE_ROWS = 500;
const SAMPLE_OF_PAGE = 50;

/**
 * @param leftOut fields that are not kept, where the rows are those of a snapshot.
 * @throws {SourceError}
 */
export async function studyCells(
  one: InterfaceRows,
  leftOut: ReadonlySet<string>,
  context: CallContext,
): Promise<CellStudy> {
  const { compiled } = one;
  const { mapping } = compiled;
  const fields = [...compiled.fields.values()].flatMap((field) =>
    field.kind === 'column' && !leftOut.has(field.name) ? [field] : [],
  );
  const hasSubject = mapping.subject.length > 0;
  // What is looked at here is no cell of an answer, and is not counted among them.
  const unobserved: CompiledInterface = {
    ...compiled,
    environment: { ...compiled.environment, observer: UNOBSERVED },
  };
  const reader = compileRowReader(unobserved, {
    fields: fields.map(({ name }) => name),
    today: context.today,
    subject: hasSubject,
    refs: false,
  });
  const rows = await one.rows.read(
    { columns: reader.columns, where: ALWAYS, orderBy: newestFirst(compiled), limit: sampleOf(compiled) },
    context,
  );
  const marks = rows.map((row) => new Set(reader.read(row).quality));
  return {
    rows: rows.length,
    fields: fields.map((field) => {
      const place = reader.columns.indexOf(field.column);
      const cellOf = (row: SourceRow): SourceValue => row[place] ?? null;
      const has = (index: number, isMeant: (code: string) => boolean): boolean =>
        [...(marks[index] ?? [])].some((mark) => {
          const [code = '', name] = mark.split(':');
          return name === field.name && isMeant(code);
        });
      const unknown = rows.filter((_, index) => has(index, (code) => code === 'CODE_UNKNOWN'));
      return {
        field: field.name,
        column: field.column,
        filled: rows.map(cellOf).filter(isFilled).length,
        unreadable: rows.filter((_, index) => has(index, isUnreadable)).length,
        hasCodes: field.mapping.codes !== undefined,
        unknownCodes: new Set(unknown.map((row) => cellText(cellOf(row)))).size,
      };
    }),
    unresolved: hasSubject ? marks.filter((mark) => mark.has('ID_UNRESOLVED:subject')).length : null,
  };
}

/** How many rows are looked at. */
export function sampleOf({ adapter, mapping }: CompiledInterface): number {
  return adapter.capabilities.exchanges ? (mapping.source.object.rowsPerCall ?? SAMPLE_OF_PAGE) : SAMPLE_ROWS;
}

/** By the watermark, where the source can sort by it; else in any order. */
export function newestFirst({ watermark, adapter }: CompiledInterface): readonly OrderTerm[] {
  if (watermark === null || !adapter.capabilities.orders || watermark.codec.sort === undefined) return [];
  const { column, codec } = watermark;
  return [{ column, direction: 'desc', guard: codec.sort?.guard(column) ?? ALWAYS, nulls: 'last' }];
}
