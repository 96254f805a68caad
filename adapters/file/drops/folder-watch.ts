import { type FSWatcher, watch } from 'node:fs';

/** Tells at once that a folder has changed, where the file system tells; network drives do not. */
export class FolderWatch {
  readonly #folder: string;
  readonly #onChange: () => void;
  #watcher: FSWatcher | null = null;

  constructor(folder: string, onChange: () => void) {
    this.#folder = folder;
    this.#onChange = onChange;
  }

  /** Idempotent; called again and again, since a folder may appear late, or be another one after a while. */
  arm(): void {
    if (this.#watcher !== null) return;
    try {
      const watcher = watch(this.#folder, { persistent: false }, this.#onChange);
      watcher.on('error', () => this.close());
      this.#watcher = watcher;
    } catch {
      // Then there is the periodic look.
    }
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }
}
