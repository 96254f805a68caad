import { SourceRejected } from '../source-error.js';
import type { WebParameters } from '../web/web-protocol.js';
import { encodeBody } from './encode-body.js';
import type { HttpDefinition } from './http-definition.js';

/** A request without credentials. */
export interface RestRequest {
  readonly method: 'GET' | 'POST';
  /** Percent-encoded, without query. */
  readonly path: string;
  /** Percent-encoded, in the order of the names, without `?`. */
  readonly query: string;
  readonly contentType?: string;
  readonly body?: string;
}

const PLACEHOLDER = /\{([^{}]+)\}/g;

/** @throws {SourceRejected} when the path names a parameter that is not given. */
export function buildRequest(definition: HttpDefinition, parameters: WebParameters): RestRequest {
  const { method, send } = definition;
  const inPath = new Set([...definition.path.matchAll(PLACEHOLDER)].map(([, name]) => name));
  const path = definition.path.replace(PLACEHOLDER, (_, name: string) => {
    const value = parameters.get(name);
    if (value !== undefined) return encodeURIComponent(value);
    throw new SourceRejected(
      `Cannot call ${definition.path}: it must be given ${JSON.stringify(name)}, but is not`,
    );
  });
  const others = new Map([...parameters].filter(([name]) => !inPath.has(name)));
  if (send === 'query') return { method, path, query: encodePairs(others, definition) };
  return send === 'form'
    ? {
        method,
        path,
        query: '',
        contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
        body: encodePairs(others, definition),
      }
    : {
        method,
        path,
        query: '',
        contentType: 'application/json; charset=UTF-8',
        body: encodeBody(others, definition),
      };
}

/** Whether a value can stand in the path: `.` and `..` would be taken for steps. */
export function canStandInPath({ path }: HttpDefinition, value: string): boolean {
  return !path.includes('{') || (value !== '.' && value !== '..');
}

function encodePairs(parameters: WebParameters, definition: HttpDefinition): string {
  const lists = listParams(definition);
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const pairs = sorted.flatMap(([name, value]) =>
    lists.has(name) ? itemsOf(value).map((item) => [name, item] as const) : [[name, value] as const],
  );
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

/** Parameters of which a query or a form names every value by itself. */
function listParams({ ask }: HttpDefinition): ReadonlySet<string> {
  return new Set(ask.flatMap(({ param, type }) => (type === 'list' || type === 'numbers' ? [param] : [])));
}

/** The items of a JSON list of texts or numbers, numbers in their own digits. */
function itemsOf(list: string): readonly string[] {
  const items: unknown = list.startsWith('["') ? JSON.parse(list) : list.slice(1, -1).split(',');
  return Array.isArray(items) ? items.map(String) : [];
}

/** For people: the request line, and the body below it. */
export function spellRequest({ method, path, query, body }: RestRequest, basePath: string): string {
  const line = `${method} ${basePath}${path}${query === '' ? '' : `?${query}`}`;
  return body === undefined ? line : `${line}\n\n${body}`;
}
