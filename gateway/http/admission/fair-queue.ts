import { InOrder } from '../../../runtime/churn/in-order.js';

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

/** What somebody waits for. */
interface Line<Item> {
  readonly key: string;
  items: Item[];
  /** Gives up its place among the others. */
  leave: () => void;
}

/** @param mayGo whether the one to whom an item belongs may be displaced. Default: everybody may. */
export function createFairQueue<Item>(mayGo: (item: Item) => boolean = () => true): FairQueue<Item> {
  /** In the order of turns. */
  const turns = new InOrder<Line<Item>>();
  /** The same by whose they are. No `Map`, for the reason that `InOrder` tells. */
  const lines: Record<string, Line<Item>> = Object.create(null);
  let size = 0;
  /** The longest of them; null: it is to be looked for. */
  let longest: Line<Item> | null = null;
  const findLongest = (): Line<Item> | null => {
    if (longest !== null) return longest;
    for (const line of turns) {
      const [first] = line.items;
      const isLonger = line.items.length > (longest?.items.length ?? 0);
      if (isLonger && first !== undefined && mayGo(first)) longest = line;
    }
    return longest;
  };
  const forget = (line: Line<Item>): void => {
    line.leave();
    delete lines[line.key];
  };
  const open = (key: string): Line<Item> => {
    const line: Line<Item> = { key, items: [], leave: () => undefined };
    line.leave = turns.add(line);
    lines[key] = line;
    return line;
  };
  return {
    get size() {
      return size;
    },
    get longest() {
      return findLongest()?.items.length ?? 0;
    },
    add: (key, item) => {
      const line = lines[key] ?? open(key);
      line.items.push(item);
      if (longest !== null && line.items.length > longest.items.length && mayGo(item)) longest = line;
      size += 1;
    },
    next: () => {
      for (let line = turns.first; line !== undefined; line = turns.first) {
        const item = line.items.shift();
        if (line === longest) longest = null;
        line.leave();
        if (line.items.length > 0) line.leave = turns.add(line);
        else delete lines[line.key];
        if (item === undefined) continue;
        size -= 1;
        return item;
      }
      return undefined;
    },
    displace: () => {
      const item = findLongest()?.items.pop();
      longest = null;
      if (item !== undefined) size -= 1;
      return item;
    },
    drop: (isToGo) => {
      const gone: Item[] = [];
      for (const line of turns) {
        const left: Item[] = [];
        for (const item of line.items) (isToGo(item) ? gone : left).push(item);
        line.items = left;
        if (left.length === 0) forget(line);
      }
      longest = null;
      size -= gone.length;
      return gone;
    },
  };
}
