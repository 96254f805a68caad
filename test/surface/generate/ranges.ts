import type { Random } from '../../../demo/random.js';
import { addDays } from '../../../demo/world/days.js';
import { compareTexts } from '../naive/compare-texts.js';
import { compareExact, readExact, writeExact } from '../naive/exact-number.js';

type Ends<T> = { readonly [end: string]: T | null };

/** One end, both, or one that is null; never none. @param ends of which the first does not come after the second. */
function someEnds<T>(random: Random, names: readonly [string, string], ends: readonly [T, T]): Ends<T> {
  const [from, to] = names;
  return random.pick<Ends<T>>([
    { [from]: ends[0], [to]: ends[1] },
    { [from]: ends[0] },
    { [to]: ends[1] },
    { [from]: ends[0], [to]: null },
  ]);
}

/** Days that rows have, and their neighbours. */
export function dayRange(random: Random, days: readonly [string, string]): Ends<string> {
  const [from, to] = [...days].map((day) => addDays(day.slice(0, 10), random.int(-1, 1))).sort(compareTexts);
  return someEnds(random, ['from', 'to'], [from ?? '', to ?? '']);
}

/** Moments that rows have, a second aside, at other offsets, and whole days. */
export function momentRange(random: Random, moments: readonly [string, string]): Ends<string> {
  const near = moments.map((moment) => Date.parse(moment) + random.int(-1, 1) * 1000).sort((a, b) => a - b);
  const [from = '', to = ''] = near.map((epoch) => momentText(random, epoch));
  return someEnds(random, ['from', 'to'], [from, to]);
}

const HOURS_8 = 8 * 3_600_000;

function momentText(random: Random, epoch: number): string {
  const local = new Date(epoch + HOURS_8).toISOString();
  return random.pick([
    `${local.slice(0, 19)}+08:00`,
    `${local.slice(0, 19)}+08:00`,
    `${new Date(epoch).toISOString().slice(0, 19)}Z`,
    local.slice(0, 10),
  ]);
}

/** Amounts that rows have, a cent aside, in other spellings. */
export function decimalRange(random: Random, amounts: readonly [string, string]): Ends<string> {
  const near = amounts
    .map((amount) => readExact(amount) + BigInt(random.int(-1, 1)) * readExact('0.01'))
    .sort(compareExact);
  const [from = '', to = ''] = near.map((amount) => {
    const text = writeExact(amount);
    return random.chance(0.3) ? text.replace(/\.?0+$/, '') || '0' : text;
  });
  return someEnds(random, ['from', 'to'], [from, to]);
}

/** Whole numbers that rows have, and their neighbours. */
export function integerRange(random: Random, numbers: readonly [string, string]): Ends<number> {
  const [low = 0, high = 0] = numbers
    .map((number) => Number(number) + random.int(-1, 1))
    .sort((a, b) => a - b);
  return someEnds(random, ['gte', 'lte'], [low, high]);
}
