import { nearestWord } from '../../../runtime/nearest-word.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

/** What is promised of a field must be of one that is mapped, and limits must leave something between them. */
export function lintObserve(mapping: InterfaceMapping): readonly Problem[] {
  const { observe, fields } = mapping;
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
  const wrong = [...unknown, ...lintTexts(mapping)];
  if (low === undefined || high === undefined || low < high) return wrong;
  return [
    ...wrong,
    {
      rule: 'observe-volume',
      severity: 'error',
      place,
      zh: 'observe.volume 的 low 应小于 high。',
      en: 'Under observe.volume, low must be less than high, but is not.',
    },
  ];
}

/** Texts are of fields of codes; a table is beside a table. */
function lintTexts({ observe: { place, texts }, fields, source }: InterfaceMapping): readonly Problem[] {
  return [...texts].flatMap(([name, text]): readonly Problem[] => {
    if (fields.get(name)?.codes === undefined) {
      return [
        {
          rule: 'observe-texts',
          severity: 'error',
          place,
          zh: `observe.texts 中的 ${name} 应为写明 codes 的字段。`,
          en: `Fields under observe.texts must have codes, but ${name} has none.`,
        },
      ];
    }
    if (text.kind === 'column' || source.object.kind === 'table') return [];
    return [
      {
        rule: 'observe-texts',
        severity: 'error',
        place,
        zh: `observe.texts 中 ${name} 的代码表只能用于 table 来源，请写同一行中的列。`,
        en: `A table of texts under observe.texts must stand beside a table, but ${name} is read from another kind of source; name a column.`,
      },
    ];
  });
}
