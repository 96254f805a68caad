import { z } from 'zod';
import { type PlacedYaml, parsePlacedYaml } from '../../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import { describeYamlIssues, syntaxProblems } from '../../../runtime/yaml/yaml-problems.js';

/** One township of today. */
export interface Township {
  /** Nine digits. */
  readonly code: string;
  /** With its suffix: 菜园镇. */
  readonly name: string;
  /** Caiyuan Town; empty where the file does not say. */
  readonly english: string;
  /** Further names, and those of townships that were merged into it: 马关镇, 绿华乡. */
  readonly otherNames: readonly string[];
}

/** The county's townships: `schema/codes/county/townships.yaml`. */
export interface Townships {
  /** Six digits. */
  readonly countyCode: string;
  /** What may stand before a township's name, widest first: 浙江省, 舟山市, 嵊泗县. */
  readonly prefixes: readonly string[];
  readonly list: readonly Township[];
  /** Where things of the county can be, sea areas included; null when the file does not say. */
  readonly bounds: CountyBounds | null;
}

/** Degrees, both ends included. */
export interface CoordinateRange {
  readonly from: number;
  readonly to: number;
}

export interface CountyBounds {
  readonly longitude: CoordinateRange;
  readonly latitude: CoordinateRange;
}

const townshipName = z.string().regex(/^\p{Script=Han}{2,}$/u, { error: 'a name such as 菜园镇' });

const degrees = z
  .tuple([z.number().min(-180).max(180), z.number().min(-180).max(180)])
  .refine(([from, to]) => from < to, { error: 'two numbers of degrees, the lesser first' })
  .transform(([from, to]): CoordinateRange => ({ from, to }));

const grammar = z.strictObject({
  county: z.strictObject({
    code: z.string().regex(/^[0-9]{6}$/, { error: 'six digits such as 330922' }),
    name: townshipName,
    within: z.array(townshipName),
    bounds: z.strictObject({ longitude: degrees, latitude: degrees }).optional(),
  }),
  townships: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[0-9]{9}$/, { error: 'nine digits such as 330922100' }),
        name: townshipName,
        english: z.string().min(1).optional(),
        aliases: z.array(townshipName).optional(),
        historic: z.array(townshipName).optional(),
      }),
    )
    .min(1),
});

type ParsedTownships =
  | { readonly kind: 'townships'; readonly townships: Townships }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** @param file path for messages, relative to the project. */
export function parseTownships(text: string, file: string): ParsedTownships {
  const yaml = parsePlacedYaml(text, file);
  if (yaml.errors.length > 0) return { kind: 'problems', problems: syntaxProblems(yaml) };
  const decoded = grammar.safeParse(yaml.value, { reportInput: true });
  if (!decoded.success)
    return { kind: 'problems', problems: describeYamlIssues(decoded.error.issues, yaml, grammar) };
  const { county, townships } = decoded.data;
  const result: Townships = {
    countyCode: county.code,
    prefixes: [...county.within, county.name],
    bounds: county.bounds ?? null,
    list: townships.map(({ code, name, english = '', aliases, historic }) => ({
      code,
      name,
      english,
      otherNames: [...(aliases ?? []), ...(historic ?? [])],
    })),
  };
  const problems = checkTownships(result, yaml);
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'townships', townships: result };
}

/** Without its suffix: 菜园镇 → 菜园; a name of two characters is none without its second. */
export function stemOf(name: string): string {
  return name.length > 2 ? name.replace(/(?:街道|[镇乡])$/, '') : name;
}

function checkTownships({ countyCode, list }: Townships, yaml: PlacedYaml): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (index: number, rule: string, zh: string, en: string): void => {
    problems.push({ rule, severity: 'error', place: yaml.placeOf(['townships', index]), zh, en });
  };
  const owners = new Map<string, string>();
  for (const [index, { code, name, otherNames }] of list.entries()) {
    if (!code.startsWith(countyCode)) {
      report(
        index,
        'wrong-county',
        `${code} 不属于 ${countyCode}。`,
        `Cannot use ${code}: expected a code of ${countyCode}, but found another county's.`,
      );
    }
    const spellings = new Set([code, ...[name, ...otherNames].flatMap((each) => [each, stemOf(each)])]);
    for (const spelling of spellings) {
      const [other, owner] =
        [...owners].find(([known]) => known.startsWith(spelling) || spelling.startsWith(known)) ?? [];
      if (other !== undefined && owner !== code) {
        report(
          index,
          'duplicate-township',
          `“${spelling}”与“${other}”无法区分。`,
          `Cannot tell "${spelling}" from "${other}": expected names of which none begins another.`,
        );
      }
      owners.set(spelling, code);
    }
  }
  return problems;
}
