import { DateTime } from 'luxon';
import { z } from 'zod';
import { COUNTY_ZONE, isCalendarDay } from '../../../../runtime/clock.js';
import { type PlacedYaml, parsePlacedYaml } from '../../../../runtime/yaml/placed-yaml.js';
import { formatProblem, type Problem } from '../../../../runtime/yaml/problem.js';
import { describeYamlIssues, syntaxProblems } from '../../../../runtime/yaml/yaml-problems.js';
import { describeRoleFault, type RoleRules, roleFault } from '../role-rules.js';
import { DEPARTMENT_NAME, PLAIN_WORD, TOWNSHIP_CODE } from '../row-names.js';
import { type Application, PLAIN_NAME } from './application.js';
import { readHashText } from './application-secret.js';

/** Keys of one application at a time: the one in use, the next one, and what is being withdrawn. */
const MAX_KEYS = 5;

const day = z
  .string()
  .refine(isCalendarDay, { error: '日期，如 2027-06-30 | a day of the calendar, such as 2027-06-30' });

const word = z.string().regex(PLAIN_WORD, { error: '不含空格的词 | a word without blanks' });

/** YAML reads a code without quotes as a number. */
const township = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z.string().regex(TOWNSHIP_CODE, { error: '九位乡镇代码 | a township code of nine digits' }),
);

const applicationGrammar = z.strictObject({
  /** For people. */
  title: z.string().min(1).optional(),
  role: word,
  /** Absent: rows of all townships. An empty list is refused, since it may be meant as either all or none. */
  townships: z.array(township).min(1).optional(),
  departments: z
    .array(z.string().regex(DEPARTMENT_NAME, { error: '部门子图名 | the name of a subgraph' }))
    .min(1)
    .optional(),
  scopes: z.array(word).optional(),
  purposes: z.array(word).optional(),
  operations: z.enum(['any', 'registered']).optional(),
  keys: z
    .array(
      z.strictObject({
        hash: z.string().refine((text) => readHashText(text) !== null, {
          error: '“sha256:”加 64 位十六进制数 | "sha256:" and 64 hexadecimal digits',
        }),
        notBefore: day,
        expires: day,
      }),
    )
    .min(1)
    .max(MAX_KEYS),
});

const grammar = z.strictObject({
  applications: z.record(
    z.string().regex(PLAIN_NAME, {
      error: '小写字母、数字和连字符组成的名称 | a name of lower-case letters, digits and dashes',
    }),
    applicationGrammar,
  ),
});

type Said = z.infer<typeof applicationGrammar>;

/** An applications file that cannot be used. The message lists every problem with its place, and shows no key. */
export class ApplicationsInvalid extends Error {
  override readonly name = 'ApplicationsInvalid';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
  }
}

/**
 * Reads a file of applications:
 *
 * ```yaml
 * applications:
 *   board-1:
 *     title: 指挥中心大屏
 *     role: dashboard
 *     operations: registered        # the default; any: queries of its own
 *     townships: [330922101]        # absent: all
 *     keys:
 *       - { hash: "sha256:…", notBefore: 2026-07-01, expires: 2027-06-30 }
 * ```
 *
 * @param file path as messages show it.
 * @throws {ApplicationsInvalid}
 */
export function readApplications(text: string, file: string, rules: RoleRules): readonly Application[] {
  const yaml = parsePlacedYaml(text, file);
  if (yaml.errors.length > 0) throw new ApplicationsInvalid(syntaxProblems(yaml));
  const decoded = grammar.safeParse(yaml.value, { reportInput: true });
  if (!decoded.success) {
    throw new ApplicationsInvalid(
      describeYamlIssues(decoded.error.issues.map(hidePossibleKey), yaml, grammar),
    );
  }
  const said = Object.entries(decoded.data.applications);
  const problems = [
    ...said.flatMap(([id, one]) => [...judgeRole(id, one, yaml, rules), ...judgeDays(id, one, yaml)]),
    ...judgeRepeats(said, yaml),
  ];
  if (problems.length > 0) throw new ApplicationsInvalid(problems);
  return said.map(([id, one]) => toApplication(id, one));
}

function toApplication(id: string, said: Said): Application {
  return Object.freeze({
    id,
    role: said.role,
    scope: { townships: said.townships ?? null, departments: said.departments ?? null },
    scopes: new Set(said.scopes),
    purposes: new Set(said.purposes),
    operations: said.operations ?? 'registered',
    keys: said.keys.map(({ hash, notBefore, expires }) => ({
      hash: readHashText(hash) ?? Buffer.alloc(0),
      notBefore,
      expires,
    })),
  });
}

/** Somebody may have written the key itself where its hash belongs. */
function hidePossibleKey(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  const { input } = issue;
  const isShown = typeof input === 'string' ? input.length < 40 : typeof input !== 'object';
  return isShown ? issue : ({ ...issue, input: '（不显示 hidden）' } as z.core.$ZodIssue);
}

function judgeRole(id: string, said: Said, yaml: PlacedYaml, rules: RoleRules): readonly Problem[] {
  const place = yaml.placeOf(['applications', id, 'role']);
  if (rules.separated.has(said.role)) {
    return [
      invalid(
        place,
        `应用“${id}”不能担任管理员（${said.role}）。`,
        `The role of ${id} must not be an administrator's, but is ${said.role}.`,
      ),
    ];
  }
  const { townships = null, departments = null } = said;
  const fault = roleFault([said.role], { townships, departments }, rules);
  if (fault === null) return [];
  const en = `Cannot let ${id} in: ${describeRoleFault(fault)}.`;
  const zh =
    fault.kind === 'unlimited'
      ? `角色“${said.role}”须以“${fault.by}”限定范围。`
      : `没有角色“${said.role}”，已有：${[...rules.roles].join('、')}。`;
  return [invalid(place, zh, en)];
}

function judgeDays(id: string, said: Said, yaml: PlacedYaml): readonly Problem[] {
  return said.keys.flatMap(({ notBefore, expires }, index) => {
    const latest = yearAfter(notBefore);
    if (notBefore <= expires && expires <= latest) return [];
    return [
      invalid(
        yaml.placeOf(['applications', id, 'keys', index, 'expires']),
        `密钥的有效期不能超过一年，应为 ${notBefore} 至 ${latest}，实际为 ${expires}。`,
        `A key must be good for at most a year: expires must be from ${notBefore} to ${latest}, but is ${expires}.`,
      ),
    ];
  });
}

/** One secret is one application's. */
function judgeRepeats(said: readonly (readonly [string, Said])[], yaml: PlacedYaml): readonly Problem[] {
  const seen = new Set<string>();
  return said.flatMap(([id, { keys }]) =>
    keys.flatMap(({ hash }, index) => {
      if (!seen.has(hash)) {
        seen.add(hash);
        return [];
      }
      return [
        invalid(
          yaml.placeOf(['applications', id, 'keys', index, 'hash']),
          '同一密钥出现了两次。',
          'Each key must stand once, but this one stands twice.',
        ),
      ];
    }),
  );
}

/** The last day on which a key may be good that begins on a day. */
export function yearAfter(notBefore: string): string {
  return DateTime.fromISO(notBefore, { zone: COUNTY_ZONE }).plus({ years: 1 }).toFormat('yyyy-MM-dd');
}

function invalid(place: Problem['place'], zh: string, en: string): Problem {
  return { rule: 'invalid-value', severity: 'error', place, zh, en };
}
