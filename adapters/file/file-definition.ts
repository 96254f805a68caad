import type { ObjectDefinition } from '../source-object.js';

/** The files that are versions of one object, as the block `file` of a mapping defines them. */
export interface FileDefinition extends ObjectDefinition {
  readonly kind: 'file';
  /** Names of the files that are versions of this object: `*` and `?` stand for any characters. */
  readonly match: string;
  /** Sheets to be read, one after the other, by name or by pattern; null: all that can be seen. Not for CSV. */
  readonly sheets: readonly string[] | SheetPattern | null;
  /** The first row of the headings, counted from 1, and how many rows they take; stacked headings are joined by `/`. */
  readonly header: { readonly row: number; readonly rows: number };
  /** `auto`: UTF-8 if the bytes are that, else GB18030; `drops` says when that was a guess. CSV only. */
  readonly charset: 'auto' | 'utf-8' | 'gb18030';
  /** Default `,`. A first line `sep=;` of the file overrides it. */
  readonly delimiter: string;
}

/** Sheets by their names, in which `*` and `?` stand for any characters. */
interface SheetPattern {
  readonly match: string;
  /** Sheets that are none of the table: instructions, dictionaries. */
  readonly except: readonly string[];
}

/** Columns that the file adapter adds: the sheet's name, the row's number in it, and when the drop was accepted. */
export const FILE_COLUMNS = ['_sheet', '_row', '_received'] as const;
