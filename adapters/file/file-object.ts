import { join } from 'node:path';
import { toSourceError, wrapForeign } from '../foreign-error.js';
import { type SourceError, SourceMalformed, SourceUnavailable } from '../source-error.js';
import { ServingVersion } from '../versions/serving-version.js';
import type { Version } from '../versions/version.js';
import { compareNewestFirst, type Drop, isSameDrop, latestArrival } from './drops/drop.js';
import { DropImporter, type ImportPlan, reportsOf } from './drops/drop-importer.js';
import { isNewer, LateDrops } from './drops/late-drops.js';
import { compileNamePattern } from './drops/match-name.js';
import type { FileEvent } from './file-event.js';
import {
  compareRejections,
  loadRejections,
  pruneRejections,
  type RejectionSummary,
} from './rejections/rejection.js';
import type { CurrentVersion } from './versions/current-version.js';
import { wordNotes } from './versions/word-note.js';

/** What the gateway can tell of a drop that was not accepted. */
export interface Rejection extends RejectionSummary {
  /** Absolute path of the report. */
  readonly path: string;
  /** A newer drop has been accepted since. */
  readonly isSettled: boolean;
}

/** How one interface stands. */
export interface DropState {
  readonly interface: string;
  /** The drop that serves, when it was accepted (ISO), and how many rows it has; null before the first. */
  readonly serving: {
    readonly file: string;
    readonly received: string;
    readonly rows: number;
    /** What was decided while it was read and what of it is not served, Chinese first. */
    readonly notes: readonly string[];
  } | null;
  /** The latest drop that was not accepted, if any was. */
  readonly rejection: Rejection | null;
  /** Drops that came after the one that serves, but say that they are older; newest first. `modified` is ISO. */
  readonly passedOver: readonly { readonly file: string; readonly modified: string }[];
}

/** One interface: the version that serves, and the judgement on the drops that want to be the next one. */
export class FileObject {
  readonly matches: (name: string) => boolean;
  readonly plan: ImportPlan;
  readonly #importer: DropImporter;
  readonly #onEvent: (event: FileEvent) => void;
  readonly #serving: ServingVersion<CurrentVersion>;
  #rejections: RejectionSummary[] | null = null;
  readonly #late = new LateDrops();
  /** Why the last import could not be tried to its end. */
  #failure: SourceError | null = null;

  constructor(plan: ImportPlan, onEvent: (event: FileEvent) => void) {
    this.plan = plan;
    this.#importer = new DropImporter(plan);
    this.#serving = new ServingVersion(plan.store);
    this.#onEvent = onEvent;
    this.matches = compileNamePattern(plan.definition.match);
  }

  /** What serves; null before the first accepted drop, and while its file is broken. */
  get version(): Version<CurrentVersion> | null {
    return this.#serving.version;
  }

  /** Whether a drop came that says that it is older than what serves. */
  get hasPassedOver(): boolean {
    return this.#late.found.length > 0;
  }

  /** Learns from the store what serves. @throws {SourceError} when the store cannot be read. */
  async load(): Promise<void> {
    try {
      this.#rejections ??= await loadRejections(reportsOf(this.plan));
    } catch (error) {
      throw wrapForeign('unavailable', `read the store of ${this.plan.binding.interface}`, error);
    }
    await this.#serving.load();
  }

  /** Learns from the store what serves by now, where another process reads the drops. @throws {SourceError} */
  follow(): Promise<void> {
    return this.#serving.follow();
  }

  /**
   * Accepts the newest drop that can be accepted, if it is newer than what serves. Never rejects: the store may be
   * away as well, and is asked again at the next look.
   *
   * @param drops complete ones.
   * @returns the drop that was written to while it was read, if one was: it is to be looked at again.
   */
  async consider(drops: readonly Drop[]): Promise<Drop | null> {
    try {
      await this.load();
    } catch (error) {
      this.#fail(toSourceError(error, 'read the store'), null);
      return null;
    }
    const own = drops.filter(({ name }) => this.matches(name)).sort(compareNewestFirst);
    const changed = await this.#importNewest(own);
    this.#tellLate(own);
    return changed;
  }

  async #importNewest(drops: readonly Drop[]): Promise<Drop | null> {
    for (const drop of drops) {
      if (!this.#isWorthReading(drop)) continue;
      const outcome = await this.#import(drop, latestArrival(drops));
      if (outcome !== 'rejected') return outcome === 'changed' ? drop : null;
    }
    return null;
  }

  #tellLate(drops: readonly Drop[]): void {
    const current = this.version?.current ?? null;
    for (const { name: file } of this.#late.observe(drops, current, (drop) => this.#isRejected(drop))) {
      if (current === null) continue;
      const about = { interface: this.plan.binding.interface, file, serving: current.drop.name };
      this.#onEvent({ kind: 'passed-over', ...about });
    }
  }

  #isRejected(drop: Drop): boolean {
    const { fingerprint } = this.#importer;
    return (this.#rejections ?? []).some(
      (each) => each.fingerprint === fingerprint && isSameDrop(each.drop, drop),
    );
  }

  /** After a read that failed: whether the version's file is to blame. The drop is read again if it is still there. */
  distrust(version: Version<CurrentVersion>): Promise<boolean> {
    return this.#serving.distrust(version);
  }

  /** Why nothing serves. */
  absence(): SourceError {
    const { binding, definition, isDraft } = this.plan;
    // What is only drafted has no name that anybody knows.
    const action = `Cannot read ${isDraft ? definition.match : binding.interface}`;
    if (this.#serving.isBroken) {
      return new SourceMalformed(`${action}: the version that serves is damaged; drop the file again`, {
        detail:
          '已接收的文件在存储中损坏，请重新上传。 The stored version is damaged; upload the file again.',
      });
    }
    if (this.#failure !== null) {
      return new SourceUnavailable(`${action}: its drop could not be imported (${this.#failure.message})`, {
        cause: this.#failure,
        detail: '已收到文件，但暂时无法导入。 A file has arrived but cannot be imported at the moment.',
      });
    }
    const [rejected] = this.#rejections ?? [];
    if (rejected !== undefined) {
      // The report on a draft is gone with its folder.
      const report = isDraft ? '' : `; its report is ${join(reportsOf(this.plan), rejected.report)}`;
      return new SourceUnavailable(
        `${action}: no drop was accepted yet, the last one (${rejected.drop.name}) was rejected for ${rejected.reasons} reasons${report}`,
        { detail: `收到的文件未通过校验 The file that arrived was rejected：${rejected.examples[0]}` },
      );
    }
    return new SourceUnavailable(
      `${action}: a file ${definition.match} must have been dropped, but none was`,
      {
        detail: '尚未收到文件，请将文件放入交换目录。 No file has arrived yet; drop one into the folder.',
      },
    );
  }

  /** The latest one. */
  rejection(): Rejection | null {
    const [latest] = this.#rejections ?? [];
    if (latest === undefined) return null;
    const { current } = this.#serving;
    const isSettled = current !== null && current.received > latest.rejectedAt;
    return { ...latest, path: join(reportsOf(this.plan), latest.report), isSettled };
  }

  /** Whether it serves this drop, and this sheet of it is read or said to be none of the table. */
  knowsSheet(file: string, sheet: string | null): boolean {
    const current = this.version?.current;
    if (current === undefined || current.drop.name !== file) return false;
    return !current.notes.some((note) => note.code === 'unread-sheet' && note.sheet === sheet);
  }

  /** @param isKnown whether another interface reads a sheet of a drop. */
  state(isKnown: (file: string, sheet: string | null) => boolean = () => false): DropState {
    const current = this.version?.current;
    const notes = (current?.notes ?? []).filter(
      ({ code, sheet }) => code !== 'unread-sheet' || !isKnown(current?.drop.name ?? '', sheet),
    );
    return {
      interface: this.plan.binding.interface,
      serving:
        current === undefined
          ? null
          : {
              file: current.drop.name,
              received: current.received,
              rows: current.rows,
              notes: wordNotes(notes),
            },
      rejection: this.rejection(),
      passedOver: this.#late.found.map(({ name, modifiedMs }) => ({
        file: name,
        modified: new Date(modifiedMs).toISOString(),
      })),
    };
  }

  close(): Promise<void> {
    return this.#serving.close();
  }

  #isWorthReading(drop: Drop): boolean {
    const { current, isBroken } = this.#serving;
    const { fingerprint } = this.#importer;
    if (this.#isRejected(drop)) return false;
    if (current === null) return true;
    // The same drop may be read again where its version's file is not what was written.
    if (isSameDrop(current.drop, drop)) return isBroken || current.fingerprint !== fingerprint;
    // Written over, whatever its clock says.
    if (drop.name === current.drop.name) return true;
    const isKnown = current.earlier.some((each) => isSameDrop(each, drop));
    return !isKnown && isNewer(drop, current);
  }

  async #import(drop: Drop, seenMs: number): Promise<'accepted' | 'rejected' | 'changed' | 'failed'> {
    const about = { interface: this.plan.binding.interface, file: drop.name };
    try {
      const result = await this.#importer.import(drop, { serving: this.#serving.current, seenMs });
      this.#failure = null;
      if (result.kind === 'accepted') {
        await this.#serving.serve(result.current);
        const { rows, notes } = result.current;
        this.#onEvent({ kind: 'accepted', ...about, rows, notes: wordNotes(notes) });
      } else if (result.kind === 'rejected') {
        this.#rejections = [result.summary, ...(this.#rejections ?? [])].sort(compareRejections);
        await pruneRejections(reportsOf(this.plan), this.#rejections);
        this.#onEvent({ kind: 'rejected', ...about, summary: result.summary });
      }
      return result.kind;
    } catch (error) {
      this.#fail(toSourceError(error, `import ${drop.name}`), drop);
      return 'failed';
    }
  }

  #fail(error: SourceError, drop: Drop | null): void {
    this.#failure = error;
    this.#onEvent({
      kind: 'failed',
      interface: this.plan.binding.interface,
      file: drop?.name ?? null,
      error,
    });
  }
}
