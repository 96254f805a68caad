import type { LegacyRequest } from './legacy-protocol.js';

/** A request's parameters by name, those of the query and of a form together; the first of a name counts. */
export function parametersOf({ query, headers, body }: LegacyRequest): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  const form = String(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  for (const text of form ? [query, body.toString('utf8')] : [query]) {
    for (const [name, value] of new URLSearchParams(text)) {
      if (!parameters.has(name)) parameters.set(name, value);
    }
  }
  return parameters;
}

/** `1` for `01`, null for anything that is no whole number of at most nine digits. */
export function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
