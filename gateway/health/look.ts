/** A request for how the gateway stands: `/health/ready` or `/metrics`. */
export interface Look {
  readonly path: string;
  /** Those that tell who asks, and in which form the answer is wanted. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the machine that asks. */
  readonly address: string;
}

export interface LookAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
