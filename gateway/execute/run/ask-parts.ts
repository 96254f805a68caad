import type { AnswerObject } from '../fetch/compile-merge.js';
import type { Representations } from '../fetch/compile-representations.js';
import type { EntityPart } from '../fetch/fetch-plan.js';

/** One `_entities` field of a request that is sent. */
export interface AskedPart extends Representations {
  readonly part: EntityPart;
  /** Sites that are asked for, and how many targets there were before each. */
  readonly groups: readonly AskedGroup[];
}

interface AskedGroup {
  readonly path: readonly string[];
  /** Place of its first target. */
  readonly from: number;
}

/** Gathers what a request asks for. @param ready places of the groups to ask for. */
export function askParts(
  parts: readonly EntityPart[],
  ready: readonly number[],
  data: AnswerObject,
): readonly AskedPart[] {
  return parts.map((part) => {
    const { take, ...collected } = part.builder.start();
    const groups: AskedGroup[] = [];
    for (const { group, path, collect } of part.groups) {
      if (!ready.includes(group)) continue;
      groups.push({ path, from: collected.targets.length });
      collect(data, take);
    }
    return { ...collected, part, groups };
  });
}
