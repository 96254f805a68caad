import type { Random } from '../../../demo/random.js';

/** A text that is nearly this one: another case or width, a part of it, a wildcard in it. Never blank. */
export function nearText(random: Random, text: string): string {
  const at = random.int(0, text.length - 1);
  const wildcard = random.pick(['%', '_', '\\', "'", '"', '*', '?']);
  const near = random.pick([
    text.slice(0, at),
    text.slice(at),
    `${text.slice(0, at)}${wildcard}${text.slice(at + 1)}`,
    `${text.slice(0, at)}${wildcard}`,
    `${text}${wildcard}`,
    text.toLowerCase(),
    wide(text),
    `${text}${text.slice(-1)}`,
  ]);
  return near.trim() === '' ? text : near;
}

/** A text that a pattern of SQL would match with this one, though it differs from it. */
export function asPattern(random: Random, text: string): string {
  const at = random.int(0, text.length - 1);
  return random.pick([
    `${text.slice(0, at)}_${text.slice(at + 1)}`,
    `${text.slice(0, at)}%${text.slice(at + 1)}`,
    `${text.slice(0, at)}%`,
  ]);
}

/** A part of a text, that is not blank. */
export function partOf(random: Random, text: string): string {
  const characters = [...text];
  const from = random.int(0, characters.length - 1);
  const part = characters.slice(from, random.int(from + 1, characters.length)).join('');
  return part.trim() === '' ? text : part;
}

/** A beginning of a text, that is not blank. */
export function beginningOf(random: Random, text: string): string {
  const characters = [...text];
  const beginning = characters.slice(0, random.int(1, characters.length)).join('');
  return beginning.trim() === '' ? text : beginning;
}

const BRACKETS = ['〔〕', '()', '（）', '[]', '［］', '【】'];

/** The same document number, written otherwise. */
export function respellNumber(random: Random, number: string): string {
  const [opening = '(', closing = ')'] = random.pick(BRACKETS);
  const respelt = number
    .replace(/[〔([【（［]/g, opening)
    .replace(/[〕)\]】）］]/g, closing)
    .replace(/(?<=第)(?=\d)/, random.chance(0.5) ? '00' : '');
  return random.pick([
    respelt,
    respelt.toLowerCase(),
    wide(respelt),
    respelt.replace('第', '').replace(/号$/, ''),
    ` ${respelt}`,
  ]);
}

/** Another number, that differs by little. */
export function nearNumber(random: Random, number: string): string {
  const at = random.int(0, number.length - 1);
  return random.pick([
    number.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)),
    `${number.slice(0, at)}${number.slice(at + 1)}` || '0',
    `${number}1`,
    number.replace(/\d/, '_'),
    number.replace(/\d{2}/, '%'),
  ]);
}

/** Letters, digits and signs of full width. */
function wide(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}
