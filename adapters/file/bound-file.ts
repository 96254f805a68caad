import { type Deadline, untilDeadline } from '../call-deadline.js';
import type {
  CallBounds,
  ReadRequest,
  SourceShape,
  SourceStats,
  TallyGroup,
  TallyRequest,
} from '../source-adapter.js';
import { type SourceError, SourceRejected, SourceUnavailable } from '../source-error.js';
import type { SourceRow } from '../source-value.js';
import { writeReceived } from '../versions/moment-text.js';
import type { Version } from '../versions/version.js';
import { VersionAdapter, type VersionOwner } from '../versions/version-adapter.js';
import type { DropFolder } from './drops/drop-folder.js';
import type { FileObject } from './file-object.js';
import type { CurrentVersion } from './versions/current-version.js';

/** Answers for one interface out of the version of its last accepted drop. */
export class BoundFile extends VersionAdapter<Version<CurrentVersion>> {
  readonly #object: FileObject;

  constructor(object: FileObject, folder: DropFolder) {
    super(new DropOwner(object, folder));
    this.#object = object;
  }

  override async describe(object: string, bounds: CallBounds): Promise<SourceShape> {
    this.#checkName(object);
    return super.describe(object, bounds);
  }

  override async read(request: ReadRequest, bounds: CallBounds): Promise<readonly SourceRow[]> {
    this.#checkName(request.from.name);
    return super.read(request, bounds);
  }

  override async tally(request: TallyRequest, bounds: CallBounds): Promise<readonly TallyGroup[]> {
    this.#checkName(request.from.name);
    return super.tally(request, bounds);
  }

  stats(): SourceStats {
    const rejection = this.#object.rejection();
    if (rejection !== null && !rejection.isSettled) {
      return {
        notice:
          '最近收到的文件未通过校验，仍使用上一份。The file that arrived last was rejected; the one before is still in use.',
      };
    }
    if (!this.#object.hasPassedOver) return {};
    return {
      notice:
        '最近收到的文件修改时间较早，未被采用。The file that arrived last says that it is older; the one before is still in use.',
    };
  }

  override explain(request: ReadRequest): string {
    const { definition } = this.#object.plan;
    const { version } = this.#object;
    const head = [`-- 文件 file: ${definition.match}`];
    if (version !== null) {
      const { drop, received } = version.current;
      head.push(`-- 来自 from: ${drop.name}, 收于 received ${writeReceived(new Date(received))}`);
    }
    return [...head, super.explain(request)].join('\n');
  }

  #checkName(name: string): void {
    const { interface: bound } = this.#object.plan.binding;
    if (name === bound) return;
    throw new SourceRejected(
      `Cannot read ${JSON.stringify(name)}: the adapter is bound to ${bound}, and to nothing else`,
    );
  }
}

/** The versions of one interface as its drops made them. */
class DropOwner implements VersionOwner<Version<CurrentVersion>> {
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
