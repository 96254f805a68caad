import type { ReadRequest, SourceShape, TallyGroup, TallyRequest } from '../../../adapters/source-adapter.js';
import type { SourceRow } from '../../../adapters/source-value.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedStanding } from '../../feed/feed.js';
import type { Pause } from '../../port/hands.js';
import type { ReadingKind } from '../snapshot/reading-schedule.js';
import type { WrittenFailure } from './written-failure.js';

/**
 * The process that keeps a county, as one that follows it sees it: it reads snapshots, looks at sources, and asks those that one
 * process alone may ask.
 */
export interface CountyKeeper {
  /** What it said last of an interface; null: nothing yet. */
  told(interfaceName: string): ToldInterface | null;
  /** @throws {SourceError} as the source does. */
  read(interfaceName: string, request: ReadRequest, context: CallContext): Promise<readonly SourceRow[]>;
  /** @throws {SourceError} */
  tally(interfaceName: string, request: TallyRequest, context: CallContext): Promise<readonly TallyGroup[]>;
  /** @throws {SourceError} */
  describe(interfaceName: string, object: string, context: CallContext): Promise<SourceShape>;
  /**
   * Has the source read into the interface's snapshot; what is told afterwards is as new. Never fails.
   *
   * @param kind null: if that is due.
   */
  readSnapshot(interfaceName: string, kind: ReadingKind | null): Promise<void>;
}

/** What those who follow a county are told of an interface. Plain data: it crosses to other processes. */
export interface ToldInterface {
  readonly interface: string;
  /** What the last look found; null: nobody has looked yet. */
  readonly standing: FeedStanding | null;
  /** The greatest watermark that is known, ISO 8601 at +08:00. */
  readonly asOf: string | null;
  /** The day since which the source has had no row. */
  readonly noneSince: string | null;
  /** Sentences for callers, Chinese first: of the source's columns or files, and of the interface's keys. */
  readonly notice: string | null;
  readonly keysNotice: string | null;
  /** Why the source is not asked at present. */
  readonly trouble: string | null;
  /** Null: nobody has paused it. */
  readonly pause: Pause | null;
  /** Null: nobody has opened the breaker of its source. */
  readonly cutOff: Pause | null;
  /** When somebody last closed that. */
  readonly breakerClosedAt: number | null;
  /** How its readings went; null: no snapshot is kept. */
  readonly readings: {
    readonly readings: number;
    readonly failures: number;
    readonly lastFailure: WrittenFailure | null;
  } | null;
}
