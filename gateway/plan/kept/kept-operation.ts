/** An operation that was asked for, as far as what is compiled of it depends on the request. */
export interface AskedOperation {
  /** The text of its document. */
  readonly query: string;
  readonly operationName: string | undefined;
  /** Values of the variables that `@skip` and `@include` use. */
  readonly conditions: Readonly<Record<string, unknown>>;
  /** `key` of the caller's rules. */
  readonly accessKey: string;
  /** How many times it was asked for; those of earlier runs count half. */
  readonly uses: number;
}

/** The same, and what was planned of it. */
export interface KeptOperation extends AskedOperation {
  /** The document that the planner was given. */
  readonly planned: string;
  /** Its plan as the planner gave it, as JSON. */
  readonly plan: string;
}
