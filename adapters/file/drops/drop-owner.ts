import { type Deadline, untilDeadline } from '../../call-deadline.js';
import { type SourceError, SourceUnavailable } from '../../source-error.js';
import type { Version } from '../../versions/version.js';
import type { VersionOwner } from '../../versions/version-adapter.js';
import type { FileObject } from '../file-object.js';
import type { DropsElsewhere } from '../followed-drops.js';
import type { CurrentVersion } from '../versions/current-version.js';
import type { DropFolder } from './drop-folder.js';

/** The versions of one interface as its drops made them. */
export class DropOwner implements VersionOwner<Version<CurrentVersion>> {
  readonly kind = 'files';
  readonly cancels = false;
  readonly #object: FileObject;
  readonly #folder: DropFolder;

  constructor(object: FileObject, folder: DropFolder) {
    this.#object = object;
    this.#folder = folder;
  }

  get version(): Version<CurrentVersion> | null {
    return this.#object.version;
  }

  async ready(deadline: Deadline): Promise<void> {
    this.#folder.lookIfDue();
    if (this.#object.version === null) await untilDeadline(this.#object.load(), deadline);
    // A process that has just started finds its first drop still to be read.
    if (this.#object.version === null) await untilDeadline(this.#folder.settle(), deadline);
  }

  absence(): SourceError {
    const { away } = this.#folder;
    if (away === null) return this.#object.absence();
    return new SourceUnavailable(`Cannot read ${this.#object.plan.binding.interface}: ${away.message}`, {
      cause: away,
      detail:
        '交换目录无法访问，且尚无已接收的版本。 The drop folder cannot be reached, and no file was accepted before.',
    });
  }

  async distrust(version: Version<CurrentVersion>): Promise<boolean> {
    const isBroken = await this.#object.distrust(version);
    if (isBroken) this.#folder.lookSoon();
    return isBroken;
  }
}

/** The same where another process reads the drops. */
export class FollowedDrops implements VersionOwner<Version<CurrentVersion>> {
  readonly kind = 'files';
  readonly cancels = false;
  readonly #object: FileObject;
  readonly #elsewhere: DropsElsewhere;
  #absence: SourceError | null = null;

  constructor(object: FileObject, elsewhere: DropsElsewhere) {
    this.#object = object;
    this.#elsewhere = elsewhere;
  }

  get version(): Version<CurrentVersion> | null {
    return this.#object.version;
  }

  async ready(deadline: Deadline): Promise<void> {
    await untilDeadline(this.#object.follow(), deadline);
    if (this.#object.version !== null) return;
    const { interface: name } = this.#object.plan.binding;
    this.#absence = await untilDeadline(this.#elsewhere.settle(name), deadline);
    await untilDeadline(this.#object.follow(), deadline);
  }

  absence(): SourceError {
    return this.#absence ?? this.#object.absence();
  }

  distrust(version: Version<CurrentVersion>): Promise<boolean> {
    return this.#object.distrust(version);
  }
}
