/** The text is no Federation 2 supergraph, or has a feature that is not served; the message says where and why. */
export class SupergraphInvalid extends Error {
  override readonly name = 'SupergraphInvalid';

  /** @param reason completes «must be the output of composition …, but …». */
  constructor(reason: string, cause?: unknown) {
    super(
      `Cannot load the supergraph: it must be the output of composition of Federation 2 subgraphs, but ${reason}`,
      { cause },
    );
  }
}
