import { z } from 'zod';
import { nearestWord } from '../../../runtime/nearest-word.js';
import { type PlacedYaml, parsePlacedYaml } from '../../../runtime/placed-yaml.js';
import type { CellFilter, FieldMapping, InterfaceMapping, Place } from './mapping.js';
import {
  type CellFilterText,
  durationMs,
  type FieldText,
  type MappingText,
  mappingGrammar,
} from './mapping-grammar.js';
import type { Problem } from './problem.js';

export type ParsedMapping =
  | { readonly kind: 'mapping'; readonly mapping: InterfaceMapping }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Reads one mapping file.
 *
 * @param file path for messages, relative to the project.
 * @returns the mapping, or every problem of the file with its place.
 */
export function parseMapping(text: string, file: string): ParsedMapping {
  const yaml = parsePlacedYaml(text, file);
  if (yaml.errors.length > 0) {
    return {
      kind: 'problems',
      problems: yaml.errors.map(({ place, message }) =>
        error('yaml-syntax', place, `YAML 语法错误：${message}。`, `Cannot read the YAML: ${message}.`),
      ),
    };
  }
  const decoded = mappingGrammar.safeParse(yaml.value, { reportInput: true });
  if (!decoded.success) {
    return {
      kind: 'problems',
      problems: decoded.error.issues.flatMap((issue) => describeIssue(issue, yaml)),
    };
  }
  return { kind: 'mapping', mapping: toMapping(decoded.data, yaml) };
}

function error(rule: string, place: Place, zh: string, en: string): Problem {
  return { rule, severity: 'error', place, zh, en };
}

function describeIssue(issue: z.core.$ZodIssue, yaml: PlacedYaml): Problem[] {
  const path = issue.path;
  const where = path.length === 0 ? 'the file' : path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path);
    return issue.keys.map((key) => {
      const nearest = nearestWord(key, known);
      return error(
        'unknown-key',
        yaml.placeOfKey(path, key),
        `未知的键“${key}”${nearest === null ? '' : `，是否想写“${nearest}”`}。`,
        `Unknown key "${key}" in ${where}${nearest === null ? `; known: ${known.join(', ')}.` : `; did you mean "${nearest}"?`}`,
      );
    });
  }
  const found = describeInput(issue.input);
  return [
    error(
      'invalid-value',
      yaml.placeOf(path),
      `“${where}”的值不符合要求，实际为 ${found}。`,
      `Cannot use ${where}: expected ${expectation(issue)}, but found ${found}.`,
    ),
  ];
}

function describeInput(input: unknown): string {
  if (input === undefined) return 'nothing';
  const text = JSON.stringify(input) ?? String(input);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type') return `a value of type ${issue.expected}`;
  return issue.message;
}

/** Keys that the grammar allows at a path, for the "did you mean" of an unknown key. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = mappingGrammar;
  for (const step of path) {
    schema = unwrap(schema);
    if (schema instanceof z.ZodObject) schema = schema.shape[String(step)];
    else if (schema instanceof z.ZodRecord) schema = schema.valueType;
    else if (schema instanceof z.ZodArray) schema = schema.element;
  }
  const last = unwrap(schema);
  return last instanceof z.ZodObject ? Object.keys(last.shape) : [];
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap()) : schema;
}

function toMapping(text: MappingText, yaml: PlacedYaml): InterfaceMapping {
  const limits = text.limits ?? {};
  const [orderField, orderDirection] = Object.entries(text.order ?? {})[0] ?? [];
  const defaultFacet =
    text.feeds === undefined || text.feeds === 'Subject'
      ? undefined
      : `${text.feeds}.${text.owner.department}`;
  const facet = text.facet ?? defaultFacet;
  return {
    place: yaml.placeOf(['interface']),
    interface: text.interface,
    title: text.title,
    owner: {
      department: text.owner.department,
      ...(text.owner.contact !== undefined && { contact: text.owner.contact }),
    },
    ...(text.feeds !== undefined && { feeds: text.feeds }),
    ...(facet !== undefined && { facet }),
    source: { kind: 'table', ...text.source },
    key: text.key,
    ...(text.latest !== undefined && { latest: text.latest }),
    ...(orderField !== undefined &&
      orderDirection !== undefined && { order: { field: orderField, direction: orderDirection } }),
    subject: (text.subject ?? []).map((pointer, index) => ({
      ...pointer,
      place: yaml.placeOf(['subject', index]),
    })),
    related: (text.related ?? []).map(({ split, share, ...pointer }, index) => ({
      ...pointer,
      ...(split !== undefined && { split }),
      ...(share !== undefined && { share }),
      place: yaml.placeOf(['related', index]),
    })),
    fields: new Map(
      Object.entries(text.fields).map(([name, field]) => [
        name,
        toField(name, field, yaml.placeOfKey(['fields'], name)),
      ]),
    ),
    where: toCellFilters(text.where ?? {}, 'where', yaml),
    whereLatest: toCellFilters(text.whereLatest ?? {}, 'whereLatest', yaml),
    ...(text.watermark !== undefined && {
      watermark: {
        column: text.watermark.column,
        everySeconds: durationMs(text.watermark.every) / 1000,
        warnSeconds: durationMs(text.watermark.warn) / 1000,
        failSeconds: durationMs(text.watermark.fail) / 1000,
        format: text.watermark.format ?? 'native',
        zone: text.watermark.zone ?? 'Asia/Shanghai',
      },
    }),
    scope: { ...(text.scope?.township !== undefined && { township: text.scope.township }) },
    limits: {
      keysPerCall: limits.keysPerCall ?? 500,
      concurrent: limits.concurrent ?? 4,
      timeoutMs: durationMs(limits.timeout ?? '3s'),
      maxRowsScanned: limits.maxRowsScanned ?? 200_000,
      maxBytes: limits.maxBytes ?? 64 * 1024 * 1024,
    },
  };
}

function toField(name: string, text: FieldText, place: Place): FieldMapping {
  const { type, nulls, classification, ...rest } = text;
  return {
    ...withoutUndefined(rest),
    place,
    name,
    type: type ?? 'Text',
    nulls: nulls ?? [],
    classification: classification ?? 'L1',
  };
}

/** `exactOptionalPropertyTypes` tells an absent key from an undefined one; zod's optionals do not. */
function withoutUndefined<T extends object>(value: T): { [key in keyof T]: Exclude<T[key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [key in keyof T]: Exclude<T[key], undefined>;
  };
}

function toCellFilters(
  filters: Readonly<Record<string, CellFilterText>>,
  block: 'where' | 'whereLatest',
  yaml: PlacedYaml,
): CellFilter[] {
  return Object.entries(filters).map(([column, filter]) => {
    const negated = typeof filter === 'object' && filter !== null && !Array.isArray(filter);
    const cells = negated ? filter.not : filter;
    return {
      place: yaml.placeOfKey([block], column),
      column,
      negated,
      values: Array.isArray(cells) ? cells : [cells],
    };
  });
}
