/** How long a request may take, from its arrival until its answer leaves. Milliseconds. */
export interface RequestDeadline {
  /** Of a caller who asks for nothing else. */
  readonly defaultMs: number;
  /** The most that a caller may ask for. */
  readonly mostMs: number;
}

/** Where `gateway.yaml` says nothing. */
export const USUAL_DEADLINE: RequestDeadline = Object.freeze({ defaultMs: 3000, mostMs: 60_000 });

/** The most that `gateway.yaml` may allow: nobody may make a department work longer for one request. */
export const LONGEST_DEADLINE_MS = 600_000;

/** Kept back for what surrounds the execution, so that the answer leaves before the deadline. */
export const ANSWER_RESERVE_MS = 200;
