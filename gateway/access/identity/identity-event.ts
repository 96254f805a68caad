/** Something an operator should know. Holds no secret. */
export interface IdentityEvent {
  readonly kind: /** A changed file cannot be used; what was read before serves on. */
    | 'file-refused'
    /** A changed file was read again and serves. */
    | 'file-renewed'
    /** An issuer's address gives no keys. Those that are known serve on for a while. */
    | 'keys-unavailable'
    /** One account has shown tokens with two roles that must not meet. */
    | 'roles-not-separated';
  /** The file, issuer or account. */
  readonly about: string;
  readonly detail: string;
}
