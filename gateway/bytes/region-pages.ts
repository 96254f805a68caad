import type { ModuleMemory } from './load-module.js';

const PAGE_BYTES = 64 * 1024;
/** Memory grows by so many pages at least, which are touched at once: a first touch in the middle of a request costs it. */
const STEP_PAGES = 16;

/** Memory of a module, lent to requests in pages of 64 KiB. */
export interface RegionPages {
  /** All memory; another buffer after it has grown. */
  bytes(): Buffer;
  /** @returns the place of so many bytes at least, whole pages; 0: there is no room for them. */
  lend(bytes: number): number;
  giveBack(place: number, bytes: number): void;
  /** How many are lent. */
  lentBytes(): number;
}

/**
 * @param firstFree place behind what the module itself uses.
 * @param mostBytes that are lent at a time.
 */
export function createRegionPages(memory: ModuleMemory, firstFree: number, mostBytes: number): RegionPages {
  const firstPage = Math.ceil(firstFree / PAGE_BYTES);
  const isLent = new Uint8Array(Math.floor(mostBytes / PAGE_BYTES));
  let bytes = Buffer.from(memory.buffer);
  let lentPages = 0;

  /** The first pages in a row that are free; -1: there are none. */
  const findFree = (count: number): number => {
    let run = 0;
    for (let page = 0; page < isLent.length; page++) {
      run = isLent[page] === 1 ? 0 : run + 1;
      if (run === count) return page - count + 1;
    }
    return -1;
  };

  const reach = (pages: number): void => {
    const before = bytes.length / PAGE_BYTES;
    if (pages <= before) return;
    memory.grow(Math.max(pages - before, STEP_PAGES));
    bytes = Buffer.from(memory.buffer);
    bytes.fill(0, before * PAGE_BYTES);
  };

  return {
    bytes: () => bytes,
    lend: (wanted) => {
      const count = wholePages(wanted) / PAGE_BYTES;
      const page = findFree(count);
      if (page < 0) return 0;
      try {
        reach(firstPage + page + count);
      } catch {
        // The machine has no more.
        return 0;
      }
      isLent.fill(1, page, page + count);
      lentPages += count;
      return (firstPage + page) * PAGE_BYTES;
    },
    giveBack: (place, given) => {
      const page = place / PAGE_BYTES - firstPage;
      const count = wholePages(given) / PAGE_BYTES;
      isLent.fill(0, page, page + count);
      lentPages -= count;
    },
    lentBytes: () => lentPages * PAGE_BYTES,
  };
}

/** The bytes of the pages that so many take. */
export function wholePages(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
}
