import { nearestWord } from '../../../runtime/nearest-word.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

/** What is promised of a field must be of one that is mapped, and limits must leave something between them. */
export function lintObserve({ observe, fields }: InterfaceMapping): readonly Problem[] {
  const { place, volume = {}, cells } = observe;
  const unknown = [...cells.fields.keys()]
    .filter((name) => !fields.has(name))
    .map((name): Problem => {
      const nearest = nearestWord(name, new Set(fields.keys()));
      return {
        rule: 'observe-field',
        severity: 'error',
        place,
        zh: `observe.cells.fields 中的 ${name} 应为已映射的字段${nearest === null ? '' : `，是否想写 ${nearest}`}。`,
        en: `Fields under observe.cells.fields must be mapped, but ${name} is not${nearest === null ? '.' : `; did you mean ${nearest}?`}`,
      };
    });
  const { low, high } = volume;
  if (low === undefined || high === undefined || low < high) return unknown;
  return [
    ...unknown,
    {
      rule: 'observe-volume',
      severity: 'error',
      place,
      zh: 'observe.volume 的 low 应小于 high。',
      en: 'Under observe.volume, low must be less than high, but is not.',
    },
  ];
}
