import { atDepth } from '../deep.js';
import type { GraphFacet } from './facets-of-graph.js';

type Value = string | number | boolean | null | readonly string[];
export type Row = Readonly<Record<string, Value>>;

/** A filter on rows as callers write it, and what it means for the values that are shown. */
export interface Case {
  readonly where: string;
  readonly accepts: (row: Row) => boolean;
}

const isPresent = (value: Value | undefined): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

/** Conditions on one field, made of values that rows have. */
export function casesOf(
  { inputs }: Pick<GraphFacet, 'inputs'>,
  field: string,
  type: string,
  rows: readonly Row[],
): readonly Case[] {
  const cases: Case[] = [];
  const add = (input: string, value: string, accepts: (value: Value) => boolean): void => {
    if (inputs.has(input))
      cases.push({ where: `{${input}: ${value}}`, accepts: (row) => accepts(row[field] ?? null) });
  };
  add(`${field}Present`, 'true', (value) => isPresent(value));
  add(`${field}Present`, 'false', (value) => !isPresent(value));
  const values = [...new Set(rows.map((row) => row[field]).filter(isPresent))] as NonNullable<Value>[];
  const middle = values[Math.floor(values.length / 2)];
  for (const value of atDepth([middle], [values[0], middle])) {
    if (value === undefined) continue;
    const text = JSON.stringify(Array.isArray(value) ? value[0] : value);
    switch (type) {
      case 'Enum':
        add(field, `[${String(value)}]`, (one) => one === value);
        break;
      case 'Boolean':
        add(field, text, (one) => one === value);
        break;
      case 'Int':
        add(field, `{gte: ${text}}`, (one) => isPresent(one) && Number(one) >= Number(value));
        add(field, `{lte: ${text}}`, (one) => isPresent(one) && Number(one) <= Number(value));
        break;
      case 'Decimal':
        add(field, `{from: ${text}}`, (one) => isPresent(one) && Number(one) >= Number(value));
        add(field, `{to: ${text}}`, (one) => isPresent(one) && Number(one) <= Number(value));
        break;
      case 'Date':
      case 'DateTime':
        add(field, `{from: ${text}}`, (one) => isPresent(one) && String(one) >= String(value));
        add(field, `{to: ${text}}`, (one) => isPresent(one) && String(one) <= String(value));
        break;
      case 'String':
        if (inputs.get(field) !== 'String') {
          add(field, `[${text}]`, (one) => one === value);
          const part = String(value).slice(0, 2);
          add(
            `${field}StartsWith`,
            JSON.stringify(part),
            (one) => isPresent(one) && String(one).startsWith(part),
          );
          add(
            `${field}Contains`,
            JSON.stringify(part),
            (one) => isPresent(one) && String(one).includes(part),
          );
        } else add(field, text, (one) => one === value);
        break;
      default:
        break;
    }
  }
  return cases;
}
