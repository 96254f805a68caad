import type { Problem } from '../../../runtime/yaml/problem.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

const DAYS: ReadonlySet<string> = new Set(['Date', 'DateTime']);

/** Pairs under `ordered` must name two dates of the mapping. */
export function lintOrdered({ ordered, fields }: InterfaceMapping): readonly Problem[] {
  return ordered.flatMap(({ place, earlier, later }) =>
    [earlier, later]
      .filter((name) => !DAYS.has(fields.get(name)?.type ?? ''))
      .map(
        (name): Problem => ({
          rule: 'ordered-dates',
          severity: 'error',
          place,
          zh: `ordered 中的 ${name} 应为已映射的日期字段。`,
          en: `Fields under ordered must be dates that are mapped, but ${name} is none.`,
        }),
      ),
  );
}
