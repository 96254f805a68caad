import { SourceRejected } from '../source-error.js';
import type { WebParameters } from '../web/web-protocol.js';
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
  if (send === 'query') return { method, path, query: encodePairs(others) };
  return send === 'form'
    ? {
        method,
        path,
        query: '',
        contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
        body: encodePairs(others),
      }
    : {
        method,
        path,
        query: '',
        contentType: 'application/json; charset=UTF-8',
        body: encodeMembers(others, definition),
      };
}

/** Whether a value can stand in the path: `.` and `..` would be taken for steps. */
export function canStandInPath({ path }: HttpDefinition, value: string): boolean {
  return !path.includes('{') || (value !== '.' && value !== '..');
}

function encodePairs(parameters: WebParameters): string {
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

/** Numbers of pages go as numbers, fixed lists and objects as what they are, everything else as text. */
function encodeMembers(parameters: WebParameters, { paging, fixed }: HttpDefinition): string {
  const counts = new Set(paging === undefined ? [] : [paging.sizeParam]);
  if (paging !== undefined && paging.style !== 'cursor') counts.add(paging.param);
  const members = [...parameters].map(([name, value]) => {
    const isRaw = counts.has(name) || (fixed.get(name) === value && isJsonStructure(value));
    return `${JSON.stringify(name)}:${isRaw ? value : JSON.stringify(value)}`;
  });
  return `{${members.join(',')}}`;
}

function isJsonStructure(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** For people: the request line, and the body below it. */
export function spellRequest({ method, path, query, body }: RestRequest, basePath: string): string {
  const line = `${method} ${basePath}${path}${query === '' ? '' : `?${query}`}`;
  return body === undefined ? line : `${line}\n\n${body}`;
}
