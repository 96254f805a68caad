/** Rows of pages, taken in portions. */
export interface RowQueue {
  /** At most so many rows of one page; none at the end. */
  take(most: number): Promise<readonly unknown[]>;
  hasMore(): Promise<boolean>;
  /** No more rows are taken. */
  close(): Promise<void>;
}

export function queueRows(pages: AsyncIterable<readonly unknown[]>): RowQueue {
  const source = pages[Symbol.asyncIterator]();
  let page: readonly unknown[] = [];
  let isOver = false;
  const fill = async (): Promise<void> => {
    while (page.length === 0 && !isOver) {
      const next = await source.next();
      isOver = next.done === true;
      if (next.done !== true) page = next.value;
    }
  };
  return {
    take: async (most) => {
      await fill();
      const taken = page.slice(0, most);
      page = page.slice(most);
      return taken;
    },
    hasMore: async () => {
      await fill();
      return page.length > 0;
    },
    close: async () => {
      await source.return?.();
    },
  };
}
