/** A plate's text taken apart. */
interface ColouredPlate {
  readonly number: string;
  /** One character: 蓝, 黄, 黑, 白 or 绿. Null where the text names no colour. */
  readonly colour: string | null;
}

const COLOUR = '(蓝|黄|黑|白|绿|渐变绿|黄绿|黄绿双拼)色?(?:牌照?|号牌)?';
const ALONE = new RegExp(`^${COLOUR}$`);
const BEHIND = new RegExp(`^(.*?)\\(?${COLOUR}\\)?$`);
const BEFORE = new RegExp(`^\\(?${COLOUR}\\)?(.+)$`);

/** @param bare of usual width, without blanks and marks. */
export function readPlateColour(bare: string): ColouredPlate {
  const [, behindNumber, behindColour] = BEHIND.exec(bare) ?? [];
  if (behindNumber !== undefined && behindColour !== undefined)
    return { number: behindNumber, colour: colourOf(behindColour) };
  const [, colour, number] = BEFORE.exec(bare) ?? [];
  if (number !== undefined && colour !== undefined) return { number, colour: colourOf(colour) };
  return { number: bare, colour: null };
}

/** The colours that tell plates apart, and that a mapping may say codes stand for. */
export const PLATE_COLOURS = ['蓝', '黄', '黑', '白', '绿'] as const;

/** `黄色`, `渐变绿` → one character; null for what is no colour. */
export function readColourWord(text: string): string | null {
  const [, word] = ALONE.exec(text) ?? [];
  return word === undefined ? null : colourOf(word);
}

/** The one spelling of a number in its colour. */
export function withPlateColour(number: string, colour: string): string {
  return `${number}${colour}`;
}

function colourOf(word: string): string {
  return word.includes('绿') ? '绿' : word;
}
