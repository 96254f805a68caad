import { z } from 'zod';
import { parsePlacedYaml } from '../../../runtime/yaml/placed-yaml.js';
import { MappingError, type Problem } from '../../../runtime/yaml/problem.js';
import { describeYamlIssues, syntaxProblems } from '../../../runtime/yaml/yaml-problems.js';
import { addDays, isIsoDay } from './calendar.js';
import { createWorkingDays, type WorkingDays } from './working-days.js';

const day = z.string().refine(isIsoDay, { error: 'a day such as 2026-05-01' });

const grammar = z.strictObject({
  calendar: z.literal('working-days'),
  title: z.string().min(1),
  years: z.array(
    z.strictObject({
      year: z.int(),
      notice: z.string().min(1),
      holidays: z.array(z.strictObject({ name: z.string().min(1), from: day, to: day })),
      worked: z.array(day),
    }),
  ),
});

type Year = z.infer<typeof grammar>['years'][number];
type Problematic = (path: readonly PropertyKey[], zh: string, en: string) => void;

const ORDINARY_WEEK = createWorkingDays([]);

/**
 * Reads `schema/calendar/working-days.yaml`.
 *
 * @param file path for messages, relative to the project.
 * @throws {MappingError} with every problem of the file.
 */
export function parseWorkingDays(text: string, file: string): WorkingDays {
  const yaml = parsePlacedYaml(text, file);
  if (yaml.errors.length > 0) throw new MappingError(syntaxProblems(yaml));
  const decoded = grammar.safeParse(yaml.value, { reportInput: true });
  if (!decoded.success) throw new MappingError(describeYamlIssues(decoded.error.issues, yaml, grammar));
  const problems: Problem[] = [];
  const exceptions = new Set<string>();
  for (const [index, year] of decoded.data.years.entries()) {
    const report: Problematic = (path, zh, en) => {
      const place = yaml.placeOf(['years', index, ...path]);
      problems.push({ rule: 'working-days', severity: 'error', place, zh, en });
    };
    for (const one of exceptionsOf(year, report)) exceptions.add(one);
  }
  if (problems.length > 0) throw new MappingError(problems);
  return createWorkingDays([...exceptions].sort());
}

/** Weekdays off, and weekend days worked. */
function exceptionsOf({ holidays, worked }: Year, report: Problematic): readonly string[] {
  const off = holidays.flatMap(({ name, from, to }, index) => {
    if (from > to) {
      report(
        ['holidays', index],
        `“${name}”的起止日期颠倒：${from} 至 ${to}。`,
        `Cannot use ${name}: it must begin at or before its end, but begins ${from} and ends ${to}.`,
      );
    }
    return daysFrom(from, to);
  });
  for (const [index, one] of worked.entries()) {
    if (!ORDINARY_WEEK.isWorkingDay(one) && !off.includes(one)) continue;
    report(
      ['worked', index],
      `${one} 不是调休上班日：应为周末，且不在假期内。`,
      `Cannot work on ${one} instead: it must be a day of a weekend and of no holiday, but is not.`,
    );
  }
  return [...off.filter(ORDINARY_WEEK.isWorkingDay), ...worked];
}

function daysFrom(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let one = from; one <= to; one = addDays(one, 1)) days.push(one);
  return days;
}
