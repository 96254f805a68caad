import type { DropState } from '../../adapters/file/file-object.js';
import type { ReadRequest, SourceShape, TallyGroup, TallyRequest } from '../../adapters/source-adapter.js';
import type { SourceRow } from '../../adapters/source-value.js';
import type { Caller } from '../../runtime/call/caller.js';
import type { Lane } from '../../runtime/call/lane.js';
import type { ToldInterface } from '../../subgraphs/engine/follow/county-keeper.js';
import type { WrittenFailure } from '../../subgraphs/engine/follow/written-failure.js';
import type { ReadingKind } from '../../subgraphs/engine/snapshot/reading-schedule.js';
import type { HandReach, Held, Pause } from '../../subgraphs/port/hands.js';
import type { InterfaceOutcome } from '../../subgraphs/port/interface-outcome.js';
import type { LevelChange } from '../../subgraphs/port/log-levels.js';
import type {
  HistoryPoint,
  HistoryQuestion,
  Incident,
  IncidentNotes,
  IncidentQuestion,
  InterfaceHealth,
  ServiceLevel,
} from '../../subgraphs/port/observation.js';
import type { RequestReport } from '../../subgraphs/port/request-report.js';

/** One opening of a county's files, by its number: another one has the next. */
export type Edition = number;

/** What a process must know to follow a county. */
export interface CountyFacts {
  readonly edition: Edition;
  /** Of the files that it was opened from. */
  readonly filesDigest: string;
  /** Milliseconds that the county's clock is ahead of this machine's. */
  readonly clockAheadMs: number;
  /** All that may ask its sources at one time. */
  readonly processes: number;
  /** Where the demo's own systems answer, by connection. */
  readonly demoUrls: readonly (readonly [connection: string, url: string])[];
  readonly told: readonly ToldInterface[];
  /** What is not as usual of the log's levels. */
  readonly logLevels: readonly LevelChange[];
}

/** Whoever asks for something, and until when; `id` names the call for its asker. */
export interface AskedCall {
  readonly id: number;
  readonly requestId: string;
  readonly caller: Caller;
  readonly deadline: number;
  readonly lane?: Lane;
  readonly today: string;
}

/** What of a source is asked. */
export type AskedSource =
  | { readonly kind: 'read'; readonly request: ReadRequest }
  | { readonly kind: 'tally'; readonly request: TallyRequest }
  | { readonly kind: 'describe'; readonly object: string };

export type SourceAnswer =
  | { readonly answer: readonly SourceRow[] | readonly TallyGroup[] | SourceShape }
  | { readonly failure: WrittenFailure };

/** What those who follow a county ask the process that keeps it. It crosses as structured clones. */
export interface CountyAnswers {
  /** The one that is to serve next while files are read again, else the one that serves. */
  county(): Promise<CountyFacts>;
  /** That edition is going to be served: whoever is first puts it in the place of the one before. */
  begin(edition: Edition): Promise<void>;
  askSource(
    edition: Edition,
    interfaceName: string,
    asked: AskedSource,
    call: AskedCall,
  ): Promise<SourceAnswer>;
  /** Nobody waits any more for that call. */
  leaveSource(id: number): Promise<void>;
  /** @returns what is told of the interface afterwards; null: it is none of that county. */
  readSnapshot(
    edition: Edition,
    interfaceName: string,
    kind: ReadingKind | null,
  ): Promise<ToldInterface | null>;
  settleDrops(edition: Edition, interfaceName: string): Promise<WrittenFailure | null>;
  drops(edition: Edition): Promise<readonly DropState[]>;
  buildIndex(edition: Edition): Promise<void>;
  watchHealth(interfaceName: string): Promise<InterfaceHealth | null>;
  watchLevel(interfaceName: string): Promise<ServiceLevel | null>;
  watchHistory(question: HistoryQuestion): Promise<readonly HistoryPoint[]>;
  watchIncidents(question: IncidentQuestion): Promise<readonly Incident[]>;
  /** Resolves when it holds in all processes of this machine. @param pause null: it is no longer held back. */
  setPause(interfaceName: string, held: Held, pause: Pause | null): Promise<HandReach>;
  /** Notes something of incidents that last. @returns their ids. */
  noteIncidents(ids: readonly string[], notes: IncidentNotes): Promise<readonly string[]>;
  /** Resolves when it holds in all processes. */
  setLogLevel(change: LevelChange): Promise<void>;
  /** Of all processes that serve the county, and of the audit. @param of whose it must be; null: anybody's. */
  findRequest(id: string, of: string | null): Promise<RequestReport | null>;
  /** An answer lacked an interface. @param said what the source said, for the log alone. */
  foundMissing(outcome: InterfaceOutcome, requestId: string, said: string): Promise<void>;
}

/** What the process that keeps a county tells those who follow it. */
export interface CountyHearers {
  /** @param looked whether a look at all sources has just ended. */
  told(edition: Edition, changed: readonly ToldInterface[], looked: boolean): Promise<void>;
  /** Somebody changed a level of the log. */
  logLevel(change: LevelChange): Promise<void>;
}
