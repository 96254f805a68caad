/** What was found, as it is printed. */
export interface Found {
  /** For `--format json`; null: there is no such thing. */
  readonly value: unknown;
  readonly lines: readonly string[];
}

/** Asks the gateway that is meant. @throws {CommandFailure} */
export type Ask = <Data>(query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;
