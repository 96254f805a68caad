/** Items that wait, each for the one it belongs to; whoever has one gets a turn before anybody gets a second. */
export interface FairQueue<Item> {
  readonly size: number;
  add(key: string, item: Item): void;
  /** Takes the next one. */
  next(): Item | undefined;
  /** Takes out what no longer is to wait. */
  drop(isToGo: (item: Item) => boolean): readonly Item[];
}

export function createFairQueue<Item>(): FairQueue<Item> {
  /** In the order of turns. */
  const lines = new Map<string, Item[]>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    add: (key, item) => {
      const line = lines.get(key);
      if (line === undefined) lines.set(key, [item]);
      else line.push(item);
      size += 1;
    },
    next: () => {
      for (const [key, line] of lines) {
        const item = line.shift();
        lines.delete(key);
        if (line.length > 0) lines.set(key, line);
        if (item === undefined) continue;
        size -= 1;
        return item;
      }
      return undefined;
    },
    drop: (isToGo) => {
      const gone: Item[] = [];
      for (const [key, line] of lines) {
        const left: Item[] = [];
        for (const item of line) (isToGo(item) ? gone : left).push(item);
        if (left.length === 0) lines.delete(key);
        else lines.set(key, left);
      }
      size -= gone.length;
      return gone;
    },
  };
}
