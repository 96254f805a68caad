import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import type { SourceValue } from '../../../adapters/source-value.js';
import { parsePlacedYaml } from '../../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { formatRowId } from '../compile/row-id.js';
import { compileRowReader, type EngineRow } from '../read/row/row-reader.js';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const grammar = z.strictObject({
  interface: z.string(),
  rows: z
    .array(
      z.strictObject({
        /** What the source holds. */
        cells: z.record(z.string(), cell),
        /** What the graph must say; only the keys that are given are compared. */
        expect: z.record(z.string(), z.union([cell, z.array(z.string())])),
      }),
    )
    .min(1),
});

/** Decodes the golden rows of `samples/<interface>.yaml` without any source and compares. */
export function checkSample(
  compiled: CompiledInterface,
  departmentFolder: string,
  root: string,
): readonly Problem[] {
  const { mapping } = compiled;
  const path = join(
    departmentFolder,
    'samples',
    `${mapping.interface.slice(mapping.interface.indexOf('.') + 1)}.yaml`,
  );
  const file = relative(root, path);
  if (!existsSync(path)) return [];
  const yaml = parsePlacedYaml(readFileSync(path, 'utf8'), file);
  const decoded = grammar.safeParse(yaml.value);
  if (!decoded.success) {
    const [issue] = decoded.error.issues;
    const place = yaml.errors[0]?.place ?? yaml.placeOf(issue?.path ?? []);
    const message = yaml.errors[0]?.en ?? issue?.message ?? 'invalid';
    return [
      {
        rule: 'sample-unreadable',
        severity: 'error',
        place,
        zh: '样例文件无法读取。',
        en: `Cannot read the samples: ${message}.`,
      },
    ];
  }
  const reader = compileRowReader(compiled, {
    fields: [...mapping.fields.keys()],
    today: compiled.environment.clock.today(),
    subject: true,
    refs: false,
  });
  return decoded.data.rows.flatMap(({ cells, expect }, index) => {
    const row = reader.read(
      reader.columns.map(
        (column): SourceValue => (Object.hasOwn(cells, column) ? (cells[column] ?? null) : null),
      ),
    );
    return Object.entries(expect).flatMap(([name, expected]): Problem[] => {
      const found = shown(compiled, row, name);
      if (JSON.stringify(found) === JSON.stringify(expected)) return [];
      const marks = marksOf(row, name);
      return [
        {
          rule: 'sample-differs',
          severity: 'error',
          place: yaml.placeOf(['rows', index, 'expect', name]),
          zh: `样例第 ${index + 1} 行的 ${name} 应为 ${JSON.stringify(expected)}，实际为 ${JSON.stringify(found)}${marks === '' ? '' : `（${marks}）`}。`,
          en: `Row ${index + 1}: ${name} must be ${JSON.stringify(expected)}, but is ${JSON.stringify(found)}${marks === '' ? '' : ` (${marks})`}.`,
        },
      ];
    });
  });
}

/** What was noticed while the value was read, as far as the sample does not show it anyway. */
function marksOf({ quality }: EngineRow, name: string): string {
  return quality
    .filter((mark) => mark.endsWith(`:${name}`))
    .map((mark) => mark.slice(0, -name.length - 1))
    .join(', ');
}

function shown(compiled: CompiledInterface, row: EngineRow, name: string): unknown {
  if (name === 'id') return formatRowId(compiled.mapping.interface, row.key);
  if (name === 'subject') return row.subject;
  if (name === 'quality') return row.quality;
  return row.values.get(name) ?? null;
}
