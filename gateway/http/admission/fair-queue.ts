/** Items that wait, each for the one it belongs to; whoever has one gets a turn before anybody gets a second. */
export interface FairQueue<Item> {
  readonly size: number;
  add(key: string, item: Item): void;
  /** Takes the next one. */
  next(): Item | undefined;
  /** How many whoever has most has, of those who may be displaced. */
  readonly longest: number;
  /** Takes out the last one of him. */
  displace(): Item | undefined;
  /** Takes out what no longer is to wait. */
  drop(isToGo: (item: Item) => boolean): readonly Item[];
}

/** @param mayGo whether the one to whom an item belongs may be displaced. Default: everybody may. */
export function createFairQueue<Item>(mayGo: (item: Item) => boolean = () => true): FairQueue<Item> {
  /** In the order of turns. */
  const lines = new Map<string, Item[]>();
  let size = 0;
  /** The longest of them; null: it is to be looked for. */
  let longest: Item[] | null = null;
  const findLongest = (): Item[] => {
    if (longest !== null) return longest;
    let found: Item[] = [];
    for (const line of lines.values()) {
      const [first] = line;
      if (line.length > found.length && first !== undefined && mayGo(first)) found = line;
    }
    longest = found;
    return found;
  };
  return {
    get size() {
      return size;
    },
    get longest() {
      return findLongest().length;
    },
    add: (key, item) => {
      const known = lines.get(key);
      const line = known ?? [];
      line.push(item);
      if (known === undefined) lines.set(key, line);
      if (longest !== null && line.length > longest.length && mayGo(item)) longest = line;
      size += 1;
    },
    next: () => {
      for (const [key, line] of lines) {
        const item = line.shift();
        if (line === longest) longest = null;
        lines.delete(key);
        if (line.length > 0) lines.set(key, line);
        if (item === undefined) continue;
        size -= 1;
        return item;
      }
      return undefined;
    },
    displace: () => {
      const item = findLongest().pop();
      longest = null;
      if (item !== undefined) size -= 1;
      return item;
    },
    drop: (isToGo) => {
      const gone: Item[] = [];
      for (const [key, line] of lines) {
        const left: Item[] = [];
        for (const item of line) (isToGo(item) ? gone : left).push(item);
        if (left.length === 0) lines.delete(key);
        else lines.set(key, left);
      }
      longest = null;
      size -= gone.length;
      return gone;
    },
  };
}
