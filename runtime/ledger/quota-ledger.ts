/**
 * Where it is counted what each account, such as a caller, has had from all processes together.
 *
 * A process does not ask for each request: it holds a lease of tokens and places, decides from it at once, and asks only
 * when it runs short. So the ledger counts what is leased: tokens and places of all leases, and what is left, are never
 * more than the limits.
 */
export interface QuotaLedger {
  /** @throws whatever keeps the ledger from answering; nobody knows then whether it has counted. */
  ask(question: LedgerQuestion): Promise<LedgerAnswer>;
  /** Whoever has asked for so long counts by himself until it answers again. Milliseconds. */
  readonly patienceMs: number;
  close(): Promise<void>;
}

/**
 * A lease ends so long after it was last asked for, unless its holder asks again: for the holder from when it asked, for the
 * ledger from when it answered, which is later. Milliseconds.
 */
export const LEASE_MS = 2000;

/** Of a lease's free tokens and places: more than this part of what is left is not lent ahead, so that others find some. */
export const LENT_AHEAD = 1 / 8;

export interface LedgerQuestion {
  /** Of the process; nobody else has it, nor had it. */
  readonly holder: string;
  /** Greater in each question of a holder: one that arrives after a later one changes nothing. */
  readonly turn: number;
  /** Each account at most once. None: the question is only whether somebody answers. */
  readonly claims: readonly LeaseClaim[];
}

/** What a process has of one account, and what it wants. */
export interface LeaseClaim {
  readonly account: string;
  readonly limits: AccountLimits;
  /** Tokens of its lease that it keeps for later. */
  readonly tokens: number;
  /** Tokens of its lease that it gives back. What it had and names in neither is used. */
  readonly returned: number;
  /** Places that it keeps, those in use included. */
  readonly places: number;
  /** Places in use. They count even where the lease has ended: what runs, runs. */
  readonly running: number;
  /** Requests that wait; each needs one token and one place. */
  readonly waiting: number;
  /** Requests that may come next, for which it takes what can be spared. */
  readonly ahead: number;
}

/** What all processes together may have. */
export interface AccountLimits {
  /** Tokens that come back a second. */
  readonly rate: number;
  /** Tokens that there are at most. */
  readonly burst: number;
  /** Places. */
  readonly concurrent: number;
}

export interface LedgerAnswer {
  /** One for each claim, in their order. */
  readonly grants: readonly LeaseGrant[];
}

export interface LeaseGrant {
  /** Whether the lease that the claim speaks of still held. If not, its holder has what is granted here, and nothing else. */
  readonly stands: boolean;
  readonly tokens: number;
  readonly places: number;
  /** Until there is a token, milliseconds; 0: there is one. */
  readonly tokenInMs: number;
  /** Places that are held by all processes, what is granted here included. */
  readonly held: number;
  /** Places not in use that the holder may keep. */
  readonly spare: number;
}
