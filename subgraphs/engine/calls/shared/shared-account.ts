import { randomUUID } from 'node:crypto';
import type { CallClaim, CallLimits, CallStanding } from '../../../../runtime/ledger/call-ledger.js';
import { QUOTA_MINUTE_MS } from '../minute-quota.js';
import { type LastKnown, shareWhileAway } from './away-share.js';

/** A call that may be sent. */
export interface Unit {
  /** Begins with its day. */
  readonly id: string;
  readonly isAlone: boolean;
  state: 'asked' | 'running' | 'ended' | 'unsent';
  /** When it began or ended. Milliseconds of a clock that nobody sets. */
  at: number;
}

/** What is counted. */
export interface AccountOf {
  /** Of the interface whose source is called. */
  readonly name: string;
  readonly limits: CallLimits;
  /** A call runs no longer. Milliseconds. */
  readonly leaseMs: number;
  today(): string;
  /** Calls that this process has sent on a day. */
  dayCount(day: string): number;
}

/** What this process has had of one source, and what it knows of the others. */
export class SharedAccount {
  #of: AccountOf;
  readonly #now: () => number;
  /** In the ids of this process; nobody else has it. */
  readonly #run = randomUUID().slice(0, 8);
  /** Those that run, are asked for, or count in this minute. */
  readonly #units = new Set<Unit>();
  /** What the ledger has not been told yet. */
  readonly #untold = new Set<Unit>();
  /** Whether the ledger has to be told all, since it may have lost some of it. */
  #tellsAll = true;
  #known: LastKnown | null = null;
  #last = 0;
  /** Calls begun without the ledger, by day. */
  #alone = { day: '', count: 0 };

  constructor(of: AccountOf, now: () => number) {
    this.#of = of;
    this.#now = now;
  }

  change(of: AccountOf): void {
    this.#of = of;
  }

  get known(): LastKnown | null {
    return this.#known;
  }

  /** A call that is to be sent; it counts from now on. */
  ask(isAlone: boolean): Unit {
    this.#last += 1;
    const id = `${this.#of.today()}/${this.#run}/${this.#last}`;
    const unit: Unit = { id, isAlone, state: 'asked', at: this.#now() };
    this.#units.add(unit);
    return unit;
  }

  /** It was refused, and counts nowhere. */
  drop(unit: Unit): void {
    this.#units.delete(unit);
  }

  /** Nobody knows whether the ledger counts it. */
  giveBack(unit: Unit): void {
    unit.state = 'unsent';
    this.#units.delete(unit);
    this.#untold.add(unit);
  }

  begin(unit: Unit): void {
    unit.state = 'running';
    unit.at = this.#now();
    if (!unit.isAlone) return;
    const day = this.#of.today();
    this.#alone = { day, count: this.#alone.day === day ? this.#alone.count + 1 : 1 };
  }

  end(unit: Unit): void {
    unit.state = 'ended';
    unit.at = this.#now();
    this.#untold.add(unit);
  }

  /** What is short while the ledger is away; null: a call may be sent. */
  shortAlone(): 'day' | 'minute' | 'places' | null {
    this.#forgetOld();
    const [now, day] = [this.#now(), this.#of.today()];
    const share = shareWhileAway(this.#of.limits, this.#known, { now, day });
    const alone = [...this.#units].filter(({ isAlone }) => isAlone);
    const running = [...this.#units].filter(({ state }) => state !== 'ended').length;
    const asked = alone.filter(({ state }) => state === 'asked').length;
    if ((this.#alone.day === day ? this.#alone.count : 0) + asked >= share.day) return 'day';
    if (alone.length >= share.minute) return 'minute';
    return running >= share.concurrent ? 'places' : null;
  }

  /** Until the oldest call counts no more in this minute. Milliseconds. */
  minuteAloneMs(): number {
    const oldest = Math.min(...[...this.#units].filter(({ state }) => state === 'ended').map(({ at }) => at));
    const from = Math.min(oldest, this.#known?.at ?? oldest);
    const leftMs = from + QUOTA_MINUTE_MS - this.#now();
    return Number.isFinite(leftMs) && leftMs > 0 ? leftMs : QUOTA_MINUTE_MS;
  }

  /** @param wanted a call that is to be sent. @returns what is said, and of which calls. */
  claim(wanted: Unit | null): { readonly claim: CallClaim; readonly told: readonly Unit[] } {
    this.#forgetOld();
    const { name, limits, leaseMs, today, dayCount } = this.#of;
    const at = this.#now();
    const day = today();
    const others = [...this.#units].filter((unit) => unit !== wanted);
    const told = [...new Set([...this.#untold, ...(this.#tellsAll ? others : [])])];
    const inState = (state: Unit['state']): readonly Unit[] => told.filter((unit) => unit.state === state);
    return {
      told,
      claim: {
        account: name,
        limits,
        day,
        dayCount: dayCount(day) + others.filter(({ state }) => state === 'asked').length,
        running: inState('running').map(({ id }) => ({ id, leaseMs })),
        ended: inState('ended').map((unit) => ({ id: unit.id, agoMs: Math.floor(at - unit.at) })),
        unsent: inState('unsent').map(({ id }) => id),
        wants: wanted === null ? null : { id: wanted.id, leaseMs },
      },
    };
  }

  /** The ledger has answered. */
  take(told: readonly Unit[], day: string, standing: CallStanding, machines: number): void {
    for (const unit of told) this.#untold.delete(unit);
    this.#tellsAll = false;
    this.#known = {
      at: this.#now(),
      machines,
      day,
      usedDay: standing.day,
      usedMinute: standing.minute,
    };
  }

  /** The ledger does not answer: it may come back with nothing. */
  lose(): void {
    this.#tellsAll = true;
  }

  #forgetOld(): void {
    const before = this.#now() - QUOTA_MINUTE_MS;
    for (const unit of this.#units) {
      if (unit.state !== 'ended' || unit.at > before) continue;
      this.#units.delete(unit);
      this.#untold.delete(unit);
    }
  }
}
