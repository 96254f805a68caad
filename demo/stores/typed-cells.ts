import type { Random } from '../random.js';
import { dirtyAmount, dirtyDate, emptyDate, nullWord } from './dirt/dirt.js';

/** D8: a day in one of the ways in which it is typed, every other time as it should be. */
export function typedDate(random: Random, date: string | null, turn: number): string | null {
  if (date === null) return turn % 2 === 0 ? emptyDate(random) : null;
  if (turn % 2 !== 0) return date;
  const typed = dirtyDate(random, date);
  // Milliseconds of the last century have twelve digits, and so have a year, month, day, hour and minute.
  return /^\d{12}$/.test(typed) ? date : typed;
}

/** D17: yuan as text, now and then with separators, a unit or in capital numerals. */
export function typedAmount(random: Random, yuan: string | null, turn: number): string | null {
  if (yuan === null) return turn % 2 === 0 ? null : nullWord(random);
  return turn % 4 === 2 ? dirtyAmount(random, yuan) : yuan;
}
