import { createHash } from 'node:crypto';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import { stableText } from '../../mapping/stable-text.js';

/**
 * A mark says how far an interface has been read: which version of what is kept of it, or up to which moment of its
 * watermark. It holds for the mapping by which it was read, because another one sees other numbers in the same rows.
 */
export function versionMark(compiled: CompiledInterface, version: string): string {
  return `${fingerprintOf(compiled)} version ${version}`;
}

/** @param moment ISO 8601 at +08:00. */
export function momentMark(compiled: CompiledInterface, moment: string): string {
  return `${fingerprintOf(compiled)} moment ${moment}`;
}

/** The moment of a mark; null for a mark of another sort or of another mapping. */
export function momentOf(compiled: CompiledInterface, mark: string): string | null {
  const [fingerprint, sort, moment] = mark.split(' ');
  return fingerprint === fingerprintOf(compiled) && sort === 'moment' ? (moment ?? null) : null;
}

const fingerprints = new WeakMap<object, string>();

function fingerprintOf({ mapping }: CompiledInterface): string {
  const known = fingerprints.get(mapping);
  if (known !== undefined) return known;
  const made = createHash('sha256').update(stableText(mapping)).digest('base64url').slice(0, 16);
  fingerprints.set(mapping, made);
  return made;
}
