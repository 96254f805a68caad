import { createHash, randomBytes } from 'node:crypto';

/** Lives of the secrets in milliseconds; 48 h and 15 min at the province (domain §1.1). */
export interface If1Lives {
  readonly refreshMs: number;
  readonly requestMs: number;
}

export const PROVINCE_LIVES: If1Lives = { refreshMs: 48 * 3_600_000, requestMs: 15 * 60_000 };

interface Secret {
  readonly text: string;
  /** Epoch milliseconds. */
  readonly endsAt: number;
}

/** Lower-case hex of md5 over the plain concatenation. */
export function signIf1(appKey: string, secret: string, requestTime: string): string {
  return createHash('md5').update(`${appKey}${secret}${requestTime}`).digest('hex');
}

/** The secrets of one application. Each refresh puts new ones in force and ends the ones before. */
export class If1Secrets {
  readonly #lives: If1Lives;
  #refresh: Secret | null = null;
  #request: Secret | null = null;

  constructor(lives: If1Lives) {
    this.#lives = lives;
  }

  /** Null when it is over or was never given out. */
  refreshSecret(now: number): string | null {
    return inForce(this.#refresh, now);
  }

  requestSecret(now: number): string | null {
    return inForce(this.#request, now);
  }

  /** A log-in with the permanent secret: both are new. */
  renewBoth(now: number): Readonly<Record<string, string | number>> {
    this.#refresh = newSecret(now, this.#lives.refreshMs);
    return this.renewRequest(now);
  }

  renewRequest(now: number): Readonly<Record<string, string | number>> {
    this.#request = newSecret(now, this.#lives.requestMs);
    return {
      refreshSecret: this.#refresh?.text ?? '',
      refreshSecretEndTime: this.#refresh?.endsAt ?? 0,
      requestSecret: this.#request.text,
      requestSecretEndTime: this.#request.endsAt,
    };
  }

  end(): void {
    this.#refresh = null;
    this.#request = null;
  }
}

function newSecret(now: number, lifeMs: number): Secret {
  return { text: randomBytes(16).toString('hex'), endsAt: now + lifeMs };
}

function inForce(secret: Secret | null, now: number): string | null {
  return secret === null || now >= secret.endsAt ? null : secret.text;
}
