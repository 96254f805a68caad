/** Sets that only ever grow together; members are numbers from 0 in the order of `add`. */
export interface UnionFind {
  readonly size: number;
  add(): number;
  /** The member that stands for the whole set. */
  find(member: number): number;
  join(left: number, right: number): void;
}

export function createUnionFind(): UnionFind {
  const parents: number[] = [];
  const parentOf = (member: number): number => {
    const parent = parents[member];
    if (parent === undefined)
      throw new RangeError(`Cannot find member ${member}: there are ${parents.length}`);
    return parent;
  };
  const find = (member: number): number => {
    let root = member;
    for (let parent = parentOf(root); parent !== root; parent = parentOf(root)) root = parent;
    for (let at = member; at !== root; ) {
      const next = parentOf(at);
      parents[at] = root;
      at = next;
    }
    return root;
  };
  return {
    get size() {
      return parents.length;
    },
    add: () => parents.push(parents.length) - 1,
    find,
    join: (left, right) => {
      const a = find(left);
      const b = find(right);
      parents[Math.max(a, b)] = Math.min(a, b);
    },
  };
}
