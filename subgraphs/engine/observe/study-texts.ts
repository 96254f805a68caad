import { ALWAYS } from '../../../adapters/condition.js';
import type { SourceRow } from '../../../adapters/source-value.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { type CodeEntry, type CodeList, spellingsOf } from '../../values/codes/code-list.js';
import { cellText } from '../../values/texts/cell-text.js';
import { foldSpelling } from '../../values/texts/spelling.js';
import type { CodeText } from '../mapping/mapping.js';
import type { ServedInterface } from '../read/served-interface.js';
import { newestFirst, sampleOf } from './study-cells.js';

/** A code that the source explains as our list explains another one; all three stand in our list. */
export interface SaidOtherwise {
  readonly code: string;
  /** As our list says. */
  readonly listed: string;
  /** As the source says. */
  readonly said: string;
}

/** What the source itself says of a field's codes, by our list. */
export interface TextStudy {
  readonly field: string;
  readonly otherwise: readonly SaidOtherwise[];
}

/** Lines of a source's code table. */
const MOST_CODES = 1000;

/** By what the mapping says under `observe.texts`; empty where it says nothing. @throws {SourceError} */
export async function studyTexts(one: ServedInterface, context: CallContext): Promise<readonly TextStudy[]> {
  const { mapping, environment } = one.compiled;
  const found: TextStudy[] = [];
  for (const [name, text] of mapping.observe.texts) {
    const field = mapping.fields.get(name);
    const list = field?.codes === undefined ? undefined : environment.codeLists.get(field.codes);
    if (field?.column === undefined || list === undefined) continue;
    const rows = await readTexts(one, field.column, text, context);
    found.push({ field: name, otherwise: saidOtherwise(list, rows) });
  }
  return found;
}

function readTexts(
  one: ServedInterface,
  column: string,
  text: CodeText,
  context: CallContext,
): Promise<readonly SourceRow[]> {
  const { compiled, rows, calls } = one;
  if (text.kind === 'column') {
    const columns = [column, text.column];
    const orderBy = newestFirst(compiled);
    return rows.read({ columns, where: ALWAYS, orderBy, limit: sampleOf(compiled) }, context);
  }
  const { table: name, code, text: label } = text;
  const from = { name };
  return calls.read({ from, columns: [code, label], where: ALWAYS, orderBy: [], limit: MOST_CODES }, context);
}

/** @param rows a code and its text each; of several texts of a code the most frequent one counts. */
export function saidOtherwise(
  { codes }: Pick<CodeList, 'codes'>,
  rows: readonly SourceRow[],
): readonly SaidOtherwise[] {
  const bySpelling = new Map<string, CodeEntry[]>();
  for (const entry of codes) {
    for (const spelling of spellingsOf(entry)) {
      bySpelling.set(spelling, [...(bySpelling.get(spelling) ?? []), entry]);
    }
  }
  return [...textsByCode(rows)].flatMap(([code, text]): readonly SaidOtherwise[] => {
    const own = codes.filter((entry) => foldSpelling(entry.code) === code);
    const said = bySpelling.get(text) ?? [];
    const [listed] = own;
    const [other] = said;
    // A text of its own, or of another code that means the same, is none of another meaning.
    if (listed === undefined || other === undefined) return [];
    if (said.some(({ value }) => own.some((entry) => entry.value === value))) return [];
    return [{ code: listed.code, listed: listed.label, said: other.label }];
  });
}

function textsByCode(rows: readonly SourceRow[]): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const [codeCell = null, textCell = null] of rows) {
    const [code, text] = [cellText(codeCell), cellText(textCell)];
    if (code === null || text === null) continue;
    const of = counts.get(foldSpelling(code)) ?? new Map<string, number>();
    counts.set(foldSpelling(code), of);
    of.set(foldSpelling(text), (of.get(foldSpelling(text)) ?? 0) + 1);
  }
  return new Map(
    [...counts].map(([code, of]) => {
      const [[most] = ['']] = [...of].sort(([, left], [, right]) => right - left);
      return [code, most];
    }),
  );
}
