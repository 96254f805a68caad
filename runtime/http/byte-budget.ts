/** Bytes that all answers under way may take together, so that many large ones do not end the process. */
export interface ByteBudget {
  /** What one answer takes of it. */
  open(): ByteShare;
}

export interface ByteShare {
  /** @returns false: there is no room for so many more, or the share is closed. */
  take(bytes: number): boolean;
  /** Gives all back. */
  close(): void;
}

/** So much an answer may take in any case: small ones do not suffer for large ones. */
const ALWAYS_BYTES = 1024 * 1024;

/** @param mostBytes of all answers that are larger than 1 MiB. */
export function createByteBudget(mostBytes: number): ByteBudget {
  let taken = 0;
  return {
    open: () => {
      let own = 0;
      let isClosed = false;
      return {
        take: (bytes) => {
          if (isClosed || (own + bytes > ALWAYS_BYTES && taken + bytes > mostBytes)) return false;
          own += bytes;
          taken += bytes;
          return true;
        },
        close: () => {
          isClosed = true;
          taken -= own;
          own = 0;
        },
      };
    },
  };
}
