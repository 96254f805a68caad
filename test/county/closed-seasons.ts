import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const table = z.object({
  seasons: z.array(
    z.object({
      years: z.array(z.number()),
      closed: z.array(z.object({ gears: z.array(z.string()), from: z.string(), until: z.string() })),
      open: z.array(z.object({ gears: z.array(z.string()) })),
    }),
  ),
});

const FILE = join(import.meta.dirname, '../../schema/closed-seasons.yaml');
const { seasons } = table.parse(parse(readFileSync(FILE, 'utf8')));

/**
 * Whether gear may not be used at a moment (ISO 8601 at +08:00): a plain reading of the table, apart from the
 * engine's. Null: the table does not say.
 */
export function closedSeasonOf(gear: string, moment: string): boolean | null {
  const known = seasons.find(({ years }) => years.includes(Number(moment.slice(0, 4))));
  if (known === undefined) return null;
  if (known.open.some(({ gears }) => gears.includes(gear))) return false;
  const season = known.closed.find(({ gears }) => gears.includes(gear));
  if (season === undefined) return null;
  const time = Date.parse(moment);
  const of = (text: string): number => Date.parse(`${moment.slice(0, 4)}-${text}:00:00+08:00`);
  return of(season.from) <= time && time < of(season.until);
}
