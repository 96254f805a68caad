import { SourceMalformed } from '../source-error.js';

/** Looks whether a version is what was written. @throws {SourceMalformed} when it is not. */
type Check = () => Promise<void>;

/** Reads of one version, which is checked before the first of them. */
export class VersionReads {
  readonly #check: Check;
  #underWay = 0;
  #checked: Promise<void> | null;

  /** @param isKnown this process wrote it, and knows what it holds. */
  constructor(check: Check, { isKnown }: { readonly isKnown: boolean }) {
    this.#check = check;
    this.#checked = isKnown ? Promise.resolve() : null;
  }

  get areUnderWay(): boolean {
    return this.#underWay > 0;
  }

  /** @throws {SourceMalformed} when the version is not what was written. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      // Once, since the disk, a backup or somebody's hand may have changed it before this process began.
      this.#checked ??= this.#check().catch((error: unknown) => {
        this.#checked = null;
        throw error;
      });
      await this.#checked;
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }
}

/** Whether a version is what was written, or cannot be looked at now. */
export function isSound(check: Check): Promise<boolean> {
  return check().then(
    () => true,
    (error: unknown) => !(error instanceof SourceMalformed),
  );
}
