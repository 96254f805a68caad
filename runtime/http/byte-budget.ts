/** Bytes that all answers under way may take together, so that many large ones do not end the process. */
export interface ByteBudget {
  /** What one answer takes of it. */
  open(): ByteShare;
  /** A budget within this one: whoever has used it up takes nothing from the others. */
  part(mostBytes: number): ByteBudget;
}

export interface ByteShare {
  /** `no-room`: there is none left for so many more, or the share is closed. `part-full`: its own part has none left. */
  take(bytes: number): 'taken' | 'no-room' | 'part-full';
  /** Gives all back. */
  close(): void;
}

/** So much an answer may take in any case: small ones do not suffer for large ones. */
const ALWAYS_BYTES = 1024 * 1024;

interface Level {
  readonly mostBytes: number;
  taken: number;
}

/** @param mostBytes of all answers that are larger than 1 MiB. */
export function createByteBudget(mostBytes: number): ByteBudget {
  return budgetOf([{ mostBytes, taken: 0 }]);
}

/** @param levels the whole before its parts. */
function budgetOf(levels: readonly Level[]): ByteBudget {
  return {
    part: (mostBytes) => budgetOf([...levels, { mostBytes, taken: 0 }]),
    open: () => {
      let own = 0;
      let isClosed = false;
      return {
        take: (bytes) => {
          if (isClosed) return 'no-room';
          if (own + bytes > ALWAYS_BYTES) {
            const full = levels.findLastIndex(({ taken, mostBytes }) => taken + bytes > mostBytes);
            if (full >= 0) return full > 0 ? 'part-full' : 'no-room';
          }
          own += bytes;
          for (const level of levels) level.taken += bytes;
          return 'taken';
        },
        close: () => {
          isClosed = true;
          for (const level of levels) level.taken -= own;
          own = 0;
        },
      };
    },
  };
}
