import type { KeptOperation } from './kept-operation.js';
import type { KeptPlans } from './kept-plans.js';

/** A crash loses what was planned since; writing some megabytes takes some 100 ms of this thread, in small turns. */
const SAVE_EVERY_MS = 30_000;

/** Saves plans now and then, when some were added. @returns stops, and saves once more. */
export function keepSaving(kept: KeptPlans, listAsked: () => readonly KeptOperation[]): () => Promise<void> {
  let saved = 0;
  let saving = Promise.resolve();
  const save = (): void => {
    saved = kept.added;
    saving = saving.then(() => kept.save(listAsked()));
  };
  const timer = setInterval(() => {
    if (kept.added !== saved) save();
  }, SAVE_EVERY_MS).unref();
  return async () => {
    clearInterval(timer);
    save();
    await saving;
  };
}
