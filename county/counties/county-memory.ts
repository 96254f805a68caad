import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../../runtime/write-durably.js';
import type { CountyMemory } from '../../subgraphs/feed/counties/county-link.js';

/** Keeps nothing beyond a restart. */
export const NO_MEMORY: CountyMemory = { recall: () => null, keep: () => undefined };

interface FiledMemory extends CountyMemory {
  /** Ends when everything is written that was to be kept. */
  written(): Promise<void>;
}

/** Keeps what a county said last of itself in `<folder>/<code>.json`. What cannot be read or written is not kept. */
export function openCountyMemory(folder: string, code: string): FiledMemory {
  const file = join(folder, `${code}.json`);
  let kept = readKept(file);
  let writing: Promise<void> = Promise.resolve();
  return {
    recall: () => {
      try {
        return kept === null ? null : JSON.parse(kept);
      } catch {
        return null;
      }
    },
    keep: (description) => {
      const text = JSON.stringify(description);
      if (text === kept) return;
      kept = text;
      mkdirSync(folder, { recursive: true });
      writing = writing.then(() => writeDurably(file, text)).catch(() => undefined);
    },
    written: () => writing,
  };
}

function readKept(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
