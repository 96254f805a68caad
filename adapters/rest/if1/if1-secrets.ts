import { type Deadline, untilDeadline, withDeadline } from '../../call-deadline.js';
import { SourceRejected } from '../../source-error.js';

/** What one of the two operations gives out. Lives are milliseconds from now. */
export interface IssuedSecrets {
  readonly requestSecret: string;
  readonly requestLifeMs: number;
  /** Null when only the request secret was renewed. */
  readonly refresh: { readonly secret: string; readonly lifeMs: number } | null;
}

/** Asks the gateway for secrets, with the permanent secret or with the refresh secret. */
export interface SecretIssuer {
  byKey(deadline: Deadline): Promise<IssuedSecrets>;
  bySecret(refreshSecret: string, deadline: Deadline): Promise<IssuedSecrets>;
}

/** A secret is renewed when a tenth of its life is left, but not earlier than this before its end. */
const MAX_MARGIN_MS = 60_000;
const MAX_BYTES = 64 * 1024;

interface HeldSecret {
  readonly text: string;
  /** Milliseconds of the monotonic clock: from then on it is renewed. */
  readonly renewAt: number;
  /** By our clock. */
  readonly endsAt: Date;
}

/**
 * The secrets of one application at one gateway. A new secret ends the one before it, so there is one of these for all
 * connections, and it asks for one secret at a time.
 */
export class If1Secrets {
  readonly #now: () => number;
  #request: HeldSecret | null = null;
  #refresh: HeldSecret | null = null;
  #running: Promise<string> | null = null;

  /** @param now milliseconds of a clock that nobody sets. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get endsAt(): Date | null {
    return this.#request?.endsAt ?? null;
  }

  /**
   * The secret to sign with.
   *
   * @param refused one that the gateway no longer takes.
   * @throws {SourceError} when the gateway gives none.
   */
  current(issuer: SecretIssuer, deadline: Deadline, refused?: string): Promise<string> {
    const held = this.#request;
    if (held !== null && held.text !== refused && this.#now() < held.renewAt) {
      return Promise.resolve(held.text);
    }
    return untilDeadline(this.#renewOnce(issuer, deadline), deadline);
  }

  /** All who wait share one renewal, so it does not end when the one leaves who happened to come first. */
  #renewOnce(issuer: SecretIssuer, { timeoutMs }: Deadline): Promise<string> {
    if (this.#running !== null) return this.#running;
    const bounds = { signal: new AbortController().signal, timeoutMs, maxBytes: MAX_BYTES };
    const running = withDeadline(bounds, 'renew the secret', (deadline) => this.#renew(issuer, deadline));
    this.#running = running;
    const forget = () => {
      this.#running = null;
    };
    running.then(forget, forget);
    return running;
  }

  async #renew(issuer: SecretIssuer, deadline: Deadline): Promise<string> {
    const issued = await this.#issue(issuer, deadline);
    const request = this.#hold(issued.requestSecret, issued.requestLifeMs);
    this.#request = request;
    if (issued.refresh !== null) this.#refresh = this.#hold(issued.refresh.secret, issued.refresh.lifeMs);
    return request.text;
  }

  async #issue(issuer: SecretIssuer, deadline: Deadline): Promise<IssuedSecrets> {
    const refresh = this.#refresh;
    if (refresh === null || this.#now() >= refresh.renewAt) return issuer.byKey(deadline);
    try {
      return await issuer.bySecret(refresh.text, deadline);
    } catch (error) {
      // Somebody else has logged in with the same key, and that ended this refresh secret.
      if (!(error instanceof SourceRejected)) throw error;
      this.#refresh = null;
      return issuer.byKey(deadline);
    }
  }

  #hold(text: string, lifeMs: number): HeldSecret {
    const margin = Math.min(MAX_MARGIN_MS, lifeMs / 10);
    return { text, renewAt: this.#now() + lifeMs - margin, endsAt: new Date(Date.now() + lifeMs) };
  }
}
