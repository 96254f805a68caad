import type {
  CallBounds,
  ReadRequest,
  SourceShape,
  SourceStats,
  TallyGroup,
  TallyRequest,
} from '../source-adapter.js';
import { type SourceError, SourceRejected } from '../source-error.js';
import type { SourceRow } from '../source-value.js';
import { writeReceived } from '../versions/moment-text.js';
import type { Version } from '../versions/version.js';
import { VersionAdapter, type VersionOwner } from '../versions/version-adapter.js';
import type { FileObject } from './file-object.js';
import type { CurrentVersion } from './versions/current-version.js';

/** Answers for one interface out of the version of its last accepted drop. */
export class BoundFile extends VersionAdapter<Version<CurrentVersion>> {
  readonly #object: FileObject;
  readonly #owner: VersionOwner<Version<CurrentVersion>>;

  constructor(object: FileObject, owner: VersionOwner<Version<CurrentVersion>>) {
    super(owner);
    this.#object = object;
    this.#owner = owner;
  }

  get interface(): string {
    return this.#object.plan.binding.interface;
  }

  /** Why nothing serves; null: something does. */
  absence(): SourceError | null {
    return this.#owner.version === null ? this.#owner.absence() : null;
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

  version(): string | null {
    return this.#owner.version?.name ?? null;
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
