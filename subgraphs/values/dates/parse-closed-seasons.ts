import { z } from 'zod';
import { parsePlacedYaml } from '../../../runtime/yaml/placed-yaml.js';
import { MappingError, type Problem } from '../../../runtime/yaml/problem.js';
import { describeYamlIssues, syntaxProblems } from '../../../runtime/yaml/yaml-problems.js';
import { isIsoDay } from './calendar.js';
import { type ClosedSeasons, createClosedSeasons } from './closed-seasons.js';

const text = z.string().min(1);
const gears = z.array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, { error: 'a value such as TRAWL' })).min(1);
/** `05-01T12`, of every year; not of 29 February, which only some have. */
const moment = z.string().refine(isMomentOfYear, { error: 'a month, day and hour such as 05-01T12' });

const grammar = z.strictObject({
  title: text,
  area: text,
  seasons: z.array(
    z.strictObject({
      years: z.array(z.int().min(1000).max(9999)).min(1),
      source: text,
      closed: z.array(z.strictObject({ gears, from: moment, until: moment, source: text })),
      open: z.array(z.strictObject({ gears, source: text })),
    }),
  ),
});

type Seasons = z.infer<typeof grammar>['seasons'][number];
type Problematic = (path: readonly PropertyKey[], zh: string, en: string) => void;

function isMomentOfYear(value: string): boolean {
  return /^\d{2}-\d{2}T([01]\d|2[0-3])$/.test(value) && isIsoDay(`2023-${value.slice(0, 5)}`);
}

/**
 * Reads `schema/closed-seasons.yaml`, which explains itself.
 *
 * @param file path for messages, relative to the project.
 * @param known values of `FishingGear`.
 * @throws {MappingError} with every problem of the file.
 */
export function parseClosedSeasons(content: string, file: string, known: readonly string[]): ClosedSeasons {
  const yaml = parsePlacedYaml(content, file);
  if (yaml.errors.length > 0) throw new MappingError(syntaxProblems(yaml));
  const decoded = grammar.safeParse(yaml.value, { reportInput: true });
  if (!decoded.success) throw new MappingError(describeYamlIssues(decoded.error.issues, yaml, grammar));
  const { seasons } = decoded.data;
  const problems: Problem[] = [];
  const years = new Set<number>();
  for (const [index, one] of seasons.entries()) {
    const report: Problematic = (path, zh, en) => {
      const place = yaml.placeOf(['seasons', index, ...path]);
      problems.push({ rule: 'closed-seasons', severity: 'error', place, zh, en });
    };
    checkYears(one, years, report);
    checkGears(one, known, report);
    checkOrder(one, report);
  }
  if (problems.length > 0) throw new MappingError(problems);
  return createClosedSeasons(
    seasons.flatMap((one) =>
      one.years.map((year) => ({
        year,
        closed: one.closed.map((season) => ({
          gears: season.gears,
          from: `${year}-${season.from}:00:00+08:00`,
          until: `${year}-${season.until}:00:00+08:00`,
        })),
        open: one.open.flatMap((each) => each.gears),
      })),
    ),
  );
}

function checkYears({ years }: Seasons, before: Set<number>, report: Problematic): void {
  for (const [index, year] of years.entries()) {
    if (before.has(year)) {
      report(
        ['years', index],
        `${year} 年出现两次。`,
        `Cannot use the year ${year}: it must stand once, but stands twice.`,
      );
    }
    before.add(year);
  }
}

function checkGears({ closed, open }: Seasons, known: readonly string[], report: Problematic): void {
  const before = new Set<string>();
  const lists = [
    ...closed.map((one, index) => ({ names: one.gears, path: ['closed', index, 'gears'] })),
    ...open.map((one, index) => ({ names: one.gears, path: ['open', index, 'gears'] })),
  ];
  for (const { names, path } of lists) {
    for (const [index, gear] of names.entries()) {
      if (!known.includes(gear)) {
        report(
          [...path, index],
          `${gear} 不是 FishingGear 的值。`,
          `Cannot use ${gear}: it must be a value of FishingGear.`,
        );
      }
      if (before.has(gear)) {
        report(
          [...path, index],
          `${gear} 在同一年度出现两次。`,
          `Cannot use ${gear}: it must stand once in a year, but stands twice.`,
        );
      }
      before.add(gear);
    }
  }
}

function checkOrder({ closed }: Seasons, report: Problematic): void {
  for (const [index, { from, until }] of closed.entries()) {
    if (from < until) continue;
    report(
      ['closed', index],
      `起止时间颠倒：${from} 至 ${until}。`,
      `Cannot use a season: it must begin before its end, but begins ${from} and ends ${until}.`,
    );
  }
}
