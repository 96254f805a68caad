import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../runtime/clock.js';
import { codeOf, wrapForeign } from '../../foreign-error.js';
import { SourceUnavailable } from '../../source-error.js';
import type { SourceBinding } from '../../source-object.js';
import { writeReceived } from '../../versions/moment-text.js';
import type { VersionStore } from '../../versions/version-store.js';
import type { FileDefinition } from '../file-definition.js';
import type { ImportStep } from '../file-event.js';
import { type RejectionSummary, saveRejection } from '../rejections/rejection.js';
import type { DropFault } from '../thread/drop-fault.mjs';
import type { Accepted } from '../thread/import-drop.mjs';
import type { CurrentVersion } from '../versions/current-version.js';
import { type Drop, isSameDrop, type JudgedDrop } from './drop.js';
import type { ImportThread } from './import-thread.js';
import { stageDrop } from './stage-drop.js';

type ImportResult =
  | { readonly kind: 'accepted'; readonly current: CurrentVersion }
  | { readonly kind: 'rejected'; readonly summary: RejectionSummary }
  /** It was written to meanwhile, or is gone. */
  | { readonly kind: 'changed' };

export interface ImportPlan {
  readonly binding: SourceBinding;
  readonly definition: FileDefinition;
  /** The drops' folder. */
  readonly folder: string;
  readonly store: VersionStore<CurrentVersion>;
  readonly thread: ImportThread;
  readonly clock: Clock;
  /** What is read is only looked at, and its store deleted afterwards. */
  readonly isDraft: boolean;
  readonly onStep: (drop: Drop, step: ImportStep) => void;
}

const FORMAT = 1;
/** Raised when cells are read differently, so that a drop that is still there is read again. */
const READER = 2;
const MAX_DROP_BYTES = 200 * 1024 * 1024;
const KEPT_EARLIER = 20;

/** How things stood before an import. */
interface Before {
  /** Goes on serving unless the drop is accepted. */
  readonly serving: CurrentVersion | null;
  /** When the last of the drops came that lie there, this one included. */
  readonly seenMs: number;
}

/** Makes a version of a drop, or a report on it. */
export class DropImporter {
  /** Of everything in the mapping that a version depends on. */
  readonly fingerprint: string;
  readonly #plan: ImportPlan;

  constructor(plan: ImportPlan) {
    this.#plan = plan;
    this.fingerprint = fingerprintOf(plan);
  }

  /**
   * @throws {SourceUnavailable} when the drop cannot be read or the store cannot be written.
   */
  async import(drop: Drop, before: Before): Promise<ImportResult> {
    try {
      if (drop.size > MAX_DROP_BYTES) return await this.#reject(drop, [tooLarge(drop)], true);
      return await this.#importStaged(drop, before);
    } catch (error) {
      // It was deleted, or replaced by something that is no file.
      if (codeOf(error) === 'ENOENT' && isAbout(error, drop)) return { kind: 'changed' };
      throw wrapForeign('unavailable', `import ${drop.name}`, error);
    }
  }

  async #importStaged(drop: Drop, before: Before): Promise<ImportResult> {
    const { binding, definition, folder, store, thread, clock, onStep } = this.#plan;
    const { copy, output } = await store.stage();
    try {
      const digest = await stageDrop(drop, folder, copy);
      if (digest === null) return { kind: 'changed' };
      onStep(drop, 'staged');
      const now = clock.now();
      const { columns, key, newest = [], numbers = [], where = [] } = binding;
      const received = writeReceived(now);
      // When it is received is the same for all its rows, and not known to the thread.
      const rules = where.filter(({ column }) => column !== '_received');
      const rows = { columns, key, newest, numbers, where: rules };
      const job = { path: copy, name: drop.name, output, received, definition, ...rows };
      const outcome = await thread.run(job);
      onStep(drop, 'written');
      switch (outcome.kind) {
        case 'accepted':
          return await this.#accept(drop, { ...outcome, digest, output, now }, before);
        case 'rejected':
          return await this.#reject(drop, outcome.faults, outcome.isComplete);
        case 'failed':
          throw new SourceUnavailable(`Cannot import ${drop.name}: ${outcome.message}`);
      }
    } finally {
      await rm(copy, { force: true });
      await rm(output, { force: true });
    }
  }

  async #accept(
    drop: Drop,
    written: Accepted & { readonly digest: string; readonly output: string; readonly now: Date },
    { serving, seenMs }: Before,
  ): Promise<ImportResult> {
    const { store, onStep } = this.#plan;
    const { rows, sha256, notes, digest, output, now } = written;
    const file = await store.keep(output, now, digest);
    onStep(drop, 'kept');
    const current: CurrentVersion = {
      format: FORMAT,
      file,
      sha256,
      rows,
      drop: remember(drop),
      received: now.toISOString(),
      fingerprint: this.fingerprint,
      earlier: serving === null ? [] : listEarlier(serving, drop),
      notes: [...notes],
      seenMs,
    };
    await store.publish(current);
    onStep(drop, 'published');
    return { kind: 'accepted', current };
  }

  async #reject(drop: Drop, faults: readonly DropFault[], isComplete: boolean): Promise<ImportResult> {
    const { binding, clock } = this.#plan;
    const { fingerprint } = this;
    const rejected = { interface: binding.interface, drop, fingerprint, isComplete, faults };
    return { kind: 'rejected', summary: await saveRejection(reportsOf(this.#plan), rejected, clock.now()) };
  }
}

/** The folder of the reports on drops that were rejected. */
export function reportsOf({ store }: Pick<ImportPlan, 'store'>): string {
  return join(store.folder, 'rejected');
}

function fingerprintOf({ binding, definition }: ImportPlan): string {
  const { sheets, header, charset, delimiter } = definition;
  const { key, newest, columns, numbers, where } = binding;
  const words = { READER, sheets, header, charset, delimiter, key, newest, columns, numbers, where };
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}

function tooLarge({ size }: Drop): DropFault {
  return { code: 'file-too-large', sheet: null, row: null, column: null, value: String(size) };
}

function remember({ name, size, modifiedMs }: JudgedDrop): JudgedDrop {
  return { name, size, modifiedMs };
}

function listEarlier(before: CurrentVersion, drop: JudgedDrop): JudgedDrop[] {
  const earlier = [before.drop, ...before.earlier].filter((each) => !isSameDrop(each, drop));
  return earlier.slice(0, KEPT_EARLIER);
}

function isAbout(error: unknown, { path }: Drop): boolean {
  return typeof error === 'object' && error !== null && 'path' in error && error.path === path;
}
