import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { addDays } from '../../demo/world/days.js';

const calendar = z.object({
  years: z.array(
    z.object({
      holidays: z.array(z.object({ from: z.string(), to: z.string() })),
      worked: z.array(z.string()),
    }),
  ),
});

const FILE = join(import.meta.dirname, '../../schema/calendar/working-days.yaml');
const { years } = calendar.parse(parse(readFileSync(FILE, 'utf8')));
const worked = new Set(years.flatMap((year) => year.worked));
const off = new Set(years.flatMap(({ holidays }) => holidays.flatMap(({ from, to }) => daysOf(from, to))));

/** Whether people work that day, by the State Council's notices: a plain reading of them, apart from the engine's. */
export function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return worked.has(day) || (weekday !== 0 && weekday !== 6 && !off.has(day));
}

function daysOf(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
