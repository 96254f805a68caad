/** Numbers put into groups one after the other: item 0, 1, 2 … Twelve bytes each, for millions of them. */
interface Chains {
  /** Puts the next item into a group. */
  add(group: number): void;
  /** Items of a group, last first. */
  of(group: number): Iterable<number>;
}

const END = -1;

export function createChains(groupCount: number): Chains {
  const heads = new Int32Array(groupCount).fill(END);
  const next: number[] = [];
  return {
    add: (group) => {
      const item = next.push(heads[group] ?? END) - 1;
      heads[group] = item;
    },
    of: function* (group) {
      for (let item = heads[group] ?? END; item !== END; item = next[item] ?? END) yield item;
    },
  };
}
