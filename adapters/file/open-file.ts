import { access, constants } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Clock, systemClock } from '../../runtime/clock.js';
import { withDeadline } from '../call-deadline.js';
import { wrapForeign } from '../foreign-error.js';
import type { CallBounds, SourceAdapter } from '../source-adapter.js';
import { type SourceError, SourceRejected, SourceUnavailable } from '../source-error.js';
import type { ObjectDefinition, SourceBinding } from '../source-object.js';
import type { Sharing } from '../versions/sharing.js';
import { VERSION_CAPABILITIES } from '../versions/version-adapter.js';
import { VersionStore } from '../versions/version-store.js';
import { BoundFile } from './bound-file.js';
import { DropFolder } from './drops/drop-folder.js';
import { DropOwner, FollowedDrops } from './drops/drop-owner.js';
import { ImportThread } from './drops/import-thread.js';
import { type FileConnectionConfig, fileConnectionConfig } from './file-config.js';
import type { FileDefinition } from './file-definition.js';
import type { FileEvent } from './file-event.js';
import { type DropState, FileObject } from './file-object.js';
import type { DropsElsewhere } from './followed-drops.js';
import { decodeCurrentVersion } from './versions/current-version.js';

export interface FileConnectionOptions {
  /** How long a file must have stood unchanged before it is read. Default 2000 ms. */
  readonly stableMs?: number;
  /** How often the folder is looked at when the file system tells nothing. Default 30,000 ms. */
  readonly everyMs?: number;
  /** Tells when a drop was received. Default the system's. */
  readonly clock?: Clock;
  readonly onEvent?: (event: FileEvent) => void;
  /** What is read is only looked at, to draft a mapping. Default false. */
  readonly isDraft?: boolean;
  /** Whether other processes read the same versions. Default `alone`. */
  readonly sharing?: Sharing;
  /** Who reads the drops; absent: this process does. */
  readonly elsewhere?: DropsElsewhere;
}

/** A drop folder and the versions made of its files; `bind` gives the adapter of an interface. */
export interface FileConnection extends SourceAdapter {
  bind(binding: SourceBinding): SourceAdapter;
  /** What serves of each interface, and what was rejected. */
  states(): Promise<readonly DropState[]>;
  /** Looks now; resolves when every drop that is there has been accepted, rejected or passed over. */
  settle(): Promise<void>;
  /** As `settle`, of one interface: why nothing of it serves; null: something does. */
  absence(interfaceName: string): Promise<SourceError | null>;
}

const DEFAULT_STABLE_MS = 2000;
const DEFAULT_EVERY_MS = 30_000;
/** Versions that are kept besides the current one, to look at what was delivered before. */
const KEPT_BEFORE = 2;

/**
 * Nothing is opened before the first `bind`, and nothing that is missing keeps it from opening.
 *
 * @throws {ZodError} on a configuration that is none; afterwards only calls fail.
 */
export function openFileConnection(
  config: FileConnectionConfig,
  options: FileConnectionOptions = {},
): FileConnection {
  const { folder, store } = fileConnectionConfig.parse(config);
  return new DropConnection(folder, store, options);
}

class DropConnection implements FileConnection {
  readonly kind = 'files';
  readonly capabilities = VERSION_CAPABILITIES;
  readonly #folder: string;
  readonly #store: string;
  readonly #clock: Clock;
  readonly #isDraft: boolean;
  readonly #sharing: Sharing;
  readonly #elsewhere: DropsElsewhere | null;
  readonly #onEvent: (event: FileEvent) => void;
  readonly #thread = new ImportThread();
  readonly #drops: DropFolder;
  readonly #objects = new Map<string, FileObject>();
  readonly #bound: BoundFile[] = [];
  #isClosed = false;

  constructor(folder: string, store: string, options: FileConnectionOptions) {
    const { stableMs = DEFAULT_STABLE_MS, everyMs = DEFAULT_EVERY_MS, clock = systemClock } = options;
    this.#folder = folder;
    this.#store = store;
    this.#clock = clock;
    this.#isDraft = options.isDraft ?? false;
    this.#sharing = options.sharing ?? 'alone';
    this.#elsewhere = options.elsewhere ?? null;
    const { onEvent = () => undefined } = options;
    // What closing interrupts is no news.
    this.#onEvent = (event) => {
      if (!this.#isClosed) onEvent(event);
    };
    this.#drops = new DropFolder(
      folder,
      { stableMs, everyMs },
      () => [...this.#objects.values()],
      (error) => this.#onEvent({ kind: 'away', error }),
    );
  }

  bind(binding: SourceBinding): SourceAdapter {
    const object = this.#objectOf(binding);
    const owner =
      this.#elsewhere === null
        ? new DropOwner(object, this.#drops)
        : new FollowedDrops(object, this.#elsewhere);
    const bound = new BoundFile(object, owner);
    this.#bound.push(bound);
    if (this.#isClosed) void bound.close();
    else if (this.#elsewhere === null) this.#drops.lookSoon();
    return bound;
  }

  settle(): Promise<void> {
    return this.#drops.settle();
  }

  async absence(interfaceName: string): Promise<SourceError | null> {
    const bound = this.#bound.find((one) => one.interface === interfaceName);
    await this.#drops.settle();
    return bound?.absence() ?? null;
  }

  async states(): Promise<readonly DropState[]> {
    const objects = [...this.#objects.values()];
    await Promise.all(objects.map((object) => object.load().catch(() => undefined)));
    return objects.map((object) =>
      object.state((file, sheet) =>
        objects.some((other) => other !== object && other.knowsSheet(file, sheet)),
      ),
    );
  }

  /** Whether drops can arrive; versions that have been accepted are read without the folder. */
  probe(bounds: CallBounds): Promise<void> {
    return withDeadline(bounds, 'reach the drop folder', async () => {
      if (this.#isClosed)
        throw new SourceUnavailable('Cannot reach the drop folder: the connection has been closed');
      await access(this.#folder, constants.R_OK).catch((error: unknown) => {
        throw wrapForeign('unavailable', 'reach the drop folder', error);
      });
    });
  }

  describe(object: string): Promise<never> {
    return refuse(object);
  }

  read({ from }: { readonly from: { readonly name: string } }): Promise<never> {
    return refuse(from.name);
  }

  tally({ from }: { readonly from: { readonly name: string } }): Promise<never> {
    return refuse(from.name);
  }

  explain(): string {
    return `-- 目录 folder: ${this.#folder}`;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#bound.map((bound) => bound.close()));
    await this.#thread.close();
    await this.#drops.close();
    await Promise.all([...this.#objects.values()].map((object) => object.close()));
  }

  #objectOf(binding: SourceBinding): FileObject {
    const { definition } = binding;
    if (!isFileDefinition(definition)) {
      throw new SourceRejected(
        `Cannot read ${binding.interface}: a drop folder holds files, but the mapping is one for ${definition.kind}`,
      );
    }
    if (!/^[a-z0-9][a-z0-9._-]*$/i.test(binding.interface)) {
      throw new SourceRejected(
        `Cannot keep versions of ${JSON.stringify(binding.interface)}: it must be the name of an interface`,
      );
    }
    const known = this.#objects.get(binding.interface);
    if (known !== undefined) {
      if (isDeepStrictEqual(known.plan.binding, binding)) return known;
      throw new SourceRejected(
        `Cannot read ${binding.interface}: one connection reads an interface by one mapping, but this is another one`,
      );
    }
    return this.#open(binding, definition);
  }

  #open(binding: SourceBinding, definition: FileDefinition): FileObject {
    const object = new FileObject(
      {
        binding,
        definition,
        folder: this.#folder,
        store: new VersionStore(this.#store, binding.interface, {
          decode: decodeCurrentVersion,
          keptBefore: KEPT_BEFORE,
          sharing: this.#sharing,
        }),
        thread: this.#thread,
        clock: this.#clock,
        isDraft: this.#isDraft,
        onStep: (drop, step) =>
          this.#onEvent({ kind: 'step', interface: binding.interface, file: drop.name, step }),
      },
      this.#onEvent,
    );
    this.#objects.set(binding.interface, object);
    return object;
  }
}

function isFileDefinition(definition: ObjectDefinition): definition is FileDefinition {
  return definition.kind === 'file';
}

function refuse(object: string): Promise<never> {
  return Promise.reject(
    new SourceRejected(
      `Cannot read ${JSON.stringify(object)}: an interface must be bound to its files first`,
    ),
  );
}
