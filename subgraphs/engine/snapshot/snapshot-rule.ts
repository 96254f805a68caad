import type { CompiledInterface } from '../compile/compiled-interface.js';
import type { SnapshotRule } from '../mapping/mapping.js';

/** @throws {TypeError} for an interface of which none is kept. */
export function ruleOf({ mapping }: Pick<CompiledInterface, 'mapping'>): SnapshotRule {
  const { snapshot } = mapping;
  if (snapshot === undefined) throw new TypeError('Cannot keep a snapshot: the mapping must ask for one');
  return snapshot;
}
