/** What the process tells whoever started it. */
export const EXIT = Object.freeze({
  ok: 0,
  /** It ran and found something wrong. */
  findings: 1,
  /** It cannot run: arguments, files, folders, the address, this machine's Node. */
  usage: 2,
  /** A source does not answer. */
  unreachable: 3,
});

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with one sentence and no stack. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
