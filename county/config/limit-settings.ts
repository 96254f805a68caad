import { z } from 'zod';
import {
  LIMIT_NAMES,
  LIMITS,
  type Limit,
  type LimitName,
  type LimitValues,
  USUAL_LIMITS,
} from '../../gateway/http/request-limits.js';
import { capital } from '../../runtime/capital.js';
import { durationText } from '../../runtime/duration-text.js';
import { duration, durationMs } from '../../runtime/yaml/duration.js';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';

/** `limits: { aliases: 50, headersTime: 3s }`, by the names of the table. */
export const limitsGrammar = z.strictObject(
  Object.fromEntries(LIMIT_NAMES.map((name) => [name, grammarOf(LIMITS[name]).optional()])) as Record<
    LimitName,
    z.ZodOptional<z.ZodString | z.ZodInt>
  >,
);

function grammarOf({ unit, least, most, what, reason, ...limit }: Limit): z.ZodString | z.ZodInt {
  const usual = unit === 'ms' ? `${limit.default / 1000}s` : String(limit.default);
  const description = `${what.zh}，默认 ${usual}：${reason.zh}。 ${capital(what.en)}, ${usual} by default: ${reason.en}.`;
  if (unit !== 'ms') return z.int().min(least).max(most).meta({ description, default: limit.default });
  const [from, to] = [durationText(least / 1000), durationText(most / 1000)];
  return duration
    .refine((text) => durationMs(text) >= least && durationMs(text) <= most, {
      error: `时长，${from.zh}到 ${to.zh} | a duration from ${from.en} to ${to.en}`,
    })
    .meta({ description, default: usual });
}

/** What is not said is as usual. @param problems takes what does not go together, with its place. */
export function readLimits(
  said: z.infer<typeof limitsGrammar> | undefined,
  yaml: PlacedYaml,
  problems: Problem[],
): LimitValues {
  if (said === undefined) return USUAL_LIMITS;
  const given = Object.entries(said).map(([name, value]) => [
    name,
    typeof value === 'string' ? durationMs(value) : value,
  ]);
  const limits: LimitValues = { ...USUAL_LIMITS, ...(Object.fromEntries(given) as Partial<LimitValues>) };
  if (limits.receiveTime < limits.headersTime) {
    problems.push({
      rule: 'invalid-value',
      severity: 'error',
      place: yaml.placeOf(['limits', said.receiveTime === undefined ? 'headersTime' : 'receiveTime']),
      zh: '“limits.receiveTime”不能短于“limits.headersTime”。',
      en: 'limits.receiveTime must not be shorter than limits.headersTime.',
    });
  }
  return Object.freeze(limits);
}
