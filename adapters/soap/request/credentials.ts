/** What `{user}` and `{password}` in a template stand for. */
export interface Credentials {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}
