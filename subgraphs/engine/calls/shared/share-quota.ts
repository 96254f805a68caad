import { setTimeout as delay } from 'node:timers/promises';
import { endsInTime, type Waiter } from '../../../../runtime/call/waiter.js';
import type { CallStanding } from '../../../../runtime/ledger/call-ledger.js';
import type { InterfaceMapping } from '../../mapping/mapping.js';
import type { CallQuota, QuotaClocks, Reserved } from '../call-quota.js';
import type { DayCounts } from '../day-counts.js';
import { type Refusal, refuseByDay, refuseByMinute } from '../refusal.js';
import type { CallBook } from './call-book.js';
import type { SharedAccount, Unit } from './shared-account.js';

/** A call that is given up is over at the source some time later. */
const GIVEN_UP_MS = 2000;
/** Until a place at the source is looked for again. Others may be asked for it meanwhile. */
const LOOK_AGAIN_MS = 25;

/** The same quota, but what other machines have had counts as well, and so do their places. */
export function shareQuota(
  own: CallQuota,
  { interface: name, limits }: Pick<InterfaceMapping, 'interface' | 'limits'>,
  { clock }: QuotaClocks,
  { book, counts }: { readonly book: CallBook; readonly counts: DayCounts },
): CallQuota {
  const { concurrent, perMinute = null, perDay = null, timeoutMs } = limits;
  const account = book.account({
    name,
    limits: { concurrent, perMinute, perDay },
    leaseMs: timeoutMs + GIVEN_UP_MS,
    today: () => clock.today(),
    dayCount: (day) => counts.count(name, day),
  });

  /** Null: it is places that are short, or the ledger is not sure yet. */
  const refusalOf = ({ day, minute, minuteInMs }: CallStanding): Refusal | null => {
    if (perDay !== null && day >= perDay) return refuseByDay(clock.now(), perDay);
    if (perMinute !== null && minute >= perMinute) return refuseByMinute(clock.now(), minuteInMs, perMinute);
    return null;
  };
  const refusalAlone = (short: 'day' | 'minute'): Refusal =>
    short === 'day'
      ? refuseByDay(clock.now(), perDay ?? 0)
      : refuseByMinute(clock.now(), account.minuteAloneMs(), perMinute ?? 0);

  /** @returns null: a place has to be waited for. */
  const tryOnce = async (): Promise<Reserved | null> => {
    const unit = account.ask(false);
    const standing = await book.ask(account, unit);
    if (standing?.isGranted === true) return reserved(book, account, unit);
    if (standing !== null) {
      const refusal = refusalOf(standing);
      return refusal === null ? null : { kind: 'refused', refusal };
    }
    const short = account.shortAlone();
    if (short === null) return reserved(book, account, account.ask(true));
    return short === 'places' ? null : { kind: 'refused', refusal: refusalAlone(short) };
  };

  return {
    ...own,
    reserve: async (waiter: Waiter) => {
      for (;;) {
        const found = await tryOnce();
        if (found !== null) return found;
        if (!(await endsInTime(waiter, delay(LOOK_AGAIN_MS)))) return { kind: 'late' };
      }
    },
    usage: () => {
      const { known } = account;
      const isToday = known !== null && known.day === clock.today();
      return own.usage().map((use) => {
        const others = use.window === 'day' ? (isToday ? known.usedDay : 0) : (known?.usedMinute ?? 0);
        return { ...use, used: Math.max(use.used, others) };
      });
    },
  };
}

function reserved(book: CallBook, account: SharedAccount, unit: Unit): Reserved {
  return {
    kind: 'reserved',
    begin: () => account.begin(unit),
    end: () => {
      account.end(unit);
      book.tell(account);
    },
    giveBack: () => {
      account.giveBack(unit);
      book.tell(account);
    },
  };
}
