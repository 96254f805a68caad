/**
 * Where it is counted what all machines together have had of each source. Each exchange with a source asks before it is sent:
 * that takes nothing beside the exchange, and nothing needs to be lent ahead.
 */
export interface CallLedger {
  /** @throws whatever keeps it from answering; nobody knows then whether it has counted. */
  ask(question: CallQuestion): Promise<CallAnswer>;
  /** Whoever has asked for so long goes on without it until it answers again. Milliseconds. */
  readonly patienceMs: number;
  close(): Promise<void>;
}

export interface CallQuestion {
  /** Of the process that calls; the same after its restart, as its counts of days are. */
  readonly holder: string;
  /** Each account at most once. None: the question is only whether somebody answers. */
  readonly claims: readonly CallClaim[];
}

/** What a holder has had of one source, and wants. Whatever is said again changes nothing. */
export interface CallClaim {
  /** The interface whose source is called. */
  readonly account: string;
  readonly limits: CallLimits;
  /** Of the county, `yyyy-MM-dd`. */
  readonly day: string;
  /** Calls that the holder has sent on that day, and those that it has asked for and not begun. */
  readonly dayCount: number;
  /** Calls that run, where the ledger may not know of them. */
  readonly running: readonly CallLease[];
  readonly ended: readonly EndedCall[];
  /** Calls that were granted and not sent. */
  readonly unsent: readonly string[];
  /** A call that is to be sent now; null: none. */
  readonly wants: CallLease | null;
}

/** What all machines together may have. */
export interface CallLimits {
  readonly concurrent: number;
  /** Null: as many as they like. */
  readonly perMinute: number | null;
  readonly perDay: number | null;
}

interface CallLease {
  /** Begins with the day on which it was asked for; nobody else has it. */
  readonly id: string;
  /** It counts as running for so long, unless its end is told. */
  readonly leaseMs: number;
}

interface EndedCall {
  readonly id: string;
  readonly agoMs: number;
}

export interface CallAnswer {
  /** One for each claim, in their order. */
  readonly standings: readonly CallStanding[];
  /** Holders that have asked within the last seconds, this one included. */
  readonly machines: number;
  /** False: the ledger knows nothing of what this holder has had, and grants nothing; the holder says all of it with its next question. */
  readonly isKnown: boolean;
}

/** How it stands with a source after the claim. */
export interface CallStanding {
  /** Whether the call may be sent. If not, and nothing of what follows speaks against it, it is to be asked again soon. */
  readonly isGranted: boolean;
  /** Calls that run. */
  readonly running: number;
  /** Calls that count in this minute. */
  readonly minute: number;
  /** Until one of them counts no more; 0: there is none. Milliseconds. */
  readonly minuteInMs: number;
  /** Calls that count on the claim's day. */
  readonly day: number;
}
