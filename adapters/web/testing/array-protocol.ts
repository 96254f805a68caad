import type { HttpDefinition } from '../../rest/http-definition.js';
import type { WebAnswer, WebParameters, WebProtocol, WebRow } from '../web-protocol.js';

/** A source of a few rows in memory that understands every parameter and paging of its definition. */
export interface ArrayProtocol extends WebProtocol {
  readonly sent: WebParameters[];
}

export function createArrayProtocol(definition: HttpDefinition, rows: readonly WebRow[]): ArrayProtocol {
  const sent: WebParameters[] = [];
  return {
    kind: 'array',
    sent,
    send: async (parameters) => {
      sent.push(parameters);
      return turnPage(
        definition,
        rows.filter((row) => isAskedFor(definition, parameters, row)),
        parameters,
      );
    },
    explain: (parameters) => JSON.stringify([...parameters]),
  };
}

function isAskedFor({ ask }: HttpDefinition, parameters: WebParameters, row: WebRow): boolean {
  return ask.every(({ param, column, by, separator = ',' }) => {
    const value = parameters.get(param);
    if (value === undefined) return true;
    // Many a source takes an empty parameter for one that finds nothing.
    if (value === '') return false;
    const cell = row.get(column) ?? null;
    if (cell === null) return false;
    if (by === 'key') return cell === value;
    if (by === 'keys') return value.split(separator).includes(cell);
    return by === 'from' ? cell >= value : cell <= value;
  });
}

function turnPage({ paging }: HttpDefinition, rows: readonly WebRow[], parameters: WebParameters): WebAnswer {
  if (paging === undefined) return { rows, total: null, next: null };
  const place = parameters.get(paging.param);
  const start =
    paging.style === 'page'
      ? (Number(place) - paging.first) * paging.size
      : place === undefined
        ? 0
        : Number(place);
  const end = start + paging.size;
  return {
    rows: rows.slice(start, end),
    total: paging.style !== 'cursor' && paging.total !== undefined ? rows.length : null,
    next: end < rows.length ? String(end) : null,
  };
}
