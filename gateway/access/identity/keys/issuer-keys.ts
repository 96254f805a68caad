import type { CryptoKey, JWSHeaderParameters } from 'jose';

/** The public keys of one issuer. */
export interface IssuerKeys {
  /**
   * The key that a token's header names by `kid`, for its algorithm. Where to find keys is never taken from a token.
   *
   * @throws {KeyUnknown} the issuer has no such key.
   * @throws {KeysUnavailable} whether it has cannot be found out now.
   */
  find(header: JWSHeaderParameters): Promise<CryptoKey>;
}

export class KeyUnknown extends Error {
  override readonly name = 'KeyUnknown';
}

export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
