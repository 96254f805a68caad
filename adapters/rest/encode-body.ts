import { SourceRejected } from '../source-error.js';
import type { WebParameters } from '../web/web-protocol.js';
import type { HttpDefinition } from './http-definition.js';

/** An object of a request's body; a member is another one, or a value as JSON. */
type Members = Map<string, Members | string>;

/**
 * Parameters as the JSON object of a request's body. A dotted name is a member of an object: `filter.updatedSince`
 * stands in `filter`, beside what a fixed `filter` holds. Page numbers, what is fixed as no text and what is asked by
 * a `type` go as what they are, everything else as text.
 *
 * @throws {SourceRejected} when a name is both a value and an object with members.
 */
export function encodeBody(parameters: WebParameters, definition: HttpDefinition): string {
  const body: Members = new Map();
  // What is fixed comes first, so that single members find their object.
  const sorted = [...parameters].sort(([a], [b]) => a.split('.').length - b.split('.').length);
  for (const [name, value] of sorted) {
    const json = isJson(name, value, definition) ? value : JSON.stringify(value);
    place(body, name.split('.'), name, json);
  }
  return write(body);
}

function isJson(name: string, value: string, { paging, fixed, fixedJson, ask }: HttpDefinition): boolean {
  if (fixed.get(name) === value && (fixedJson?.has(name) === true || isStructure(value))) return true;
  if (ask.some(({ param, type }) => param === name && type !== undefined)) return true;
  if (paging === undefined) return false;
  return name === paging.sizeParam || (paging.style !== 'cursor' && name === paging.param);
}

function isStructure(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function place(
  members: Members,
  [step = '', ...further]: readonly string[],
  name: string,
  json: string,
): void {
  const known = members.get(step);
  if (further.length === 0) {
    if (known !== undefined) throw refuse(name);
    members.set(step, json);
    return;
  }
  const inner = known === undefined ? new Map() : open(known, name);
  members.set(step, inner);
  place(inner, further, name, json);
}

/** The members of an object that was fixed as a whole. */
function open(known: Members | string, name: string): Members {
  if (typeof known !== 'string') return known;
  const object: unknown = JSON.parse(known);
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw refuse(name);
  return new Map(Object.entries(object).map(([member, value]) => [member, JSON.stringify(value)]));
}

function write(members: Members): string {
  const written = [...members].map(
    ([name, member]) => `${JSON.stringify(name)}:${typeof member === 'string' ? member : write(member)}`,
  );
  return `{${written.join(',')}}`;
}

function refuse(name: string): SourceRejected {
  return new SourceRejected(
    `Cannot write the request: ${JSON.stringify(name)} must be a member of an object, but another parameter gives a value there`,
  );
}
