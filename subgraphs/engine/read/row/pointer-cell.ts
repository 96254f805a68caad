import type { SourceRow, SourceValue } from '../../../../adapters/source-value.js';
import { PLATE_COLOURS, readColourWord, readPlateColour } from '../../../values/identifiers/plate-colour.js';
import { BLANKS, cellText, unguardedText } from '../../../values/texts/cell-text.js';
import { isNullWord } from '../../../values/texts/null-words.js';
import type { SubjectPointer } from '../../mapping/mapping.js';

/** Blanks and an exporter's guard, which stay behind the colour so that the cell is found again without it. */
const TAIL = new RegExp(`["＂]?[${BLANKS}]*$`, 'u');
const COLOUR_BEHIND = new RegExp(`[${PLATE_COLOURS.join('')}](?=${TAIL.source})`, 'u');

type Cell = (row: SourceRow) => SourceValue;

/**
 * The cell that names the subject, as if a plate's colour stood in it: `浙L12345` beside the code of yellow is
 * `浙L12345黄`. A ref is then a function of this text alone, for held spellings as well.
 */
export function compilePointerCell(
  { column, colour }: SubjectPointer,
  cellOf: (column: string) => Cell,
): Cell {
  const cell = cellOf(column);
  if (colour === undefined) return cell;
  const besideCell = cellOf(colour.column);
  return (row) => {
    const own = cell(row);
    const raw = cellText(own);
    const text = unguardedText(own);
    const beside = unguardedText(besideCell(row));
    if (raw === null || text === null || isNullWord(text) || beside === null) return own;
    const word = colour.words?.get(beside) ?? readColourWord(beside);
    return word === null || readPlateColour(text).colour !== null
      ? own
      : raw.replace(TAIL, (tail) => `${word}${tail}`);
  };
}

/** What may stand in the pointer's own column for such texts: a superset, because the row's ref is compared afterwards. */
export function pointedCells({ colour }: SubjectPointer, texts: readonly string[]): readonly string[] {
  if (colour === undefined) return texts;
  return [...new Set(texts.flatMap((text) => [text, text.replace(COLOUR_BEHIND, '')]))];
}
