import { z } from 'zod';
import { nearestWord } from '../../../runtime/nearest-word.js';
import type { Place } from '../../../runtime/yaml/placed-yaml.js';
import { parsePlacedYaml } from '../../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import { describeYamlIssues, syntaxProblems } from '../../../runtime/yaml/yaml-problems.js';
import { isIsoDay } from '../dates/calendar.js';
import { type CodeEntry, type CodeList, overlap, spellingsOf } from './code-list.js';

/** Values of every known enum in the order of its SDL: gravest first. */
export type EnumOrders = ReadonlyMap<string, readonly string[]>;

const code = z.union([z.string().min(1), z.int().nonnegative()]).transform(String);
const day = z.string().refine(isIsoDay, { error: '日期，如 2020-12-31 | a day such as 2020-12-31' });

const grammar = z.strictObject({
  list: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, {
    error: '表名，如 market/check-result | a name such as market/check-result',
  }),
  title: z.string().min(1),
  enum: z.string().regex(/^[A-Z]\w*$/, {
    error: '枚举名，如 InspectionResult | the name of an enum such as InspectionResult',
  }),
  codes: z
    .array(
      z.strictObject({
        code,
        label: z.string().min(1),
        value: z.string().regex(/^[A-Z][A-Z0-9_]*$/, {
          error: '枚举的值，如 NO_ISSUE | a value of the enum such as NO_ISSUE',
        }),
        aliases: z.array(code).optional(),
        from: day.optional(),
        until: day.optional(),
      }),
    )
    .min(1),
});

type ParsedCodeList =
  | { readonly kind: 'list'; readonly list: CodeList }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Reads one code list.
 *
 * @param file path for messages, relative to the project.
 * @param name what the list must be called, after its folder and file: `market/check-result`.
 * @returns the list, or every problem of the file with its place.
 */
export function parseCodeList(text: string, file: string, name: string, enums: EnumOrders): ParsedCodeList {
  const yaml = parsePlacedYaml(text, file);
  if (yaml.errors.length > 0) return { kind: 'problems', problems: syntaxProblems(yaml) };
  const decoded = grammar.safeParse(yaml.value, { reportInput: true });
  if (!decoded.success)
    return { kind: 'problems', problems: describeYamlIssues(decoded.error.issues, yaml, grammar) };
  const { data } = decoded;
  const codes = data.codes.map(
    ({ from, until, aliases, ...entry }, index): CodeEntry => ({
      ...entry,
      place: yaml.placeOf(['codes', index]),
      aliases: aliases ?? [],
      ...(from !== undefined && { from }),
      ...(until !== undefined && { until }),
    }),
  );
  const order = enums.get(data.enum) ?? [...new Set(codes.map(({ value }) => value))];
  const problems = [
    ...checkName(data.list, name, yaml.placeOf(['list'])),
    ...codes.flatMap((entry, index) =>
      checkValue(entry, data.enum, order, yaml.placeOf(['codes', index, 'value'])),
    ),
    ...codes.flatMap(checkPeriod),
    ...checkSpellings(codes),
  ];
  if (problems.length > 0) return { kind: 'problems', problems };
  return { kind: 'list', list: { list: data.list, title: data.title, enum: data.enum, codes, order } };
}

function problem(rule: string, place: Place, zh: string, en: string): Problem {
  return { rule, severity: 'error', place, zh, en };
}

function checkName(list: string, name: string, place: Place): readonly Problem[] {
  if (list === name) return [];
  return [
    problem(
      'list-name',
      place,
      `代码表名应与文件一致，为“${name}”，实际为“${list}”。`,
      `Cannot use the name ${list}: expected ${name}, after the file, but found ${list}.`,
    ),
  ];
}

function checkValue(
  entry: CodeEntry,
  enumName: string,
  order: readonly string[],
  place: Place,
): readonly Problem[] {
  if (order.includes(entry.value)) return [];
  const nearest = nearestWord(entry.value, order);
  return [
    problem(
      'unknown-value',
      place,
      `枚举 ${enumName} 没有值“${entry.value}”${nearest === null ? '' : `，是否想写“${nearest}”`}。`,
      `Cannot use the value ${entry.value}: expected a value of ${enumName}, but found none of that name${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
    ),
  ];
}

function checkPeriod({ from, until, place, code: text }: CodeEntry): readonly Problem[] {
  if (from === undefined || until === undefined || from <= until) return [];
  return [
    problem(
      'empty-period',
      place,
      `代码“${text}”的有效期为空：${from} 至 ${until}。`,
      `Cannot use code "${text}": expected from to be at or before until, but found ${from} and ${until}.`,
    ),
  ];
}

/** One text with two meanings on one day, or one code written twice. */
function checkSpellings(codes: readonly CodeEntry[]): readonly Problem[] {
  const seen = new Map<string, CodeEntry[]>();
  const problems: Problem[] = [];
  for (const entry of codes) {
    for (const spelling of spellingsOf(entry)) {
      const others = seen.get(spelling) ?? [];
      const other = others.find(
        (known) => overlap(known, entry) && (known.value !== entry.value || known.code === entry.code),
      );
      if (other !== undefined) {
        problems.push(
          problem(
            'duplicate-code',
            entry.place,
            `“${spelling}”与第 ${other.place.line} 行重复，且有效期重叠。`,
            `Cannot tell what "${spelling}" means: expected periods that do not overlap, but found it also in line ${other.place.line}.`,
          ),
        );
        break;
      }
      seen.set(spelling, [...others, entry]);
    }
  }
  return problems;
}
