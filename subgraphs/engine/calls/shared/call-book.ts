import type { CallLedger, CallStanding } from '../../../../runtime/ledger/call-ledger.js';
import { watchLedger } from '../../../../runtime/ledger/watched-ledger.js';
import { type AccountOf, SharedAccount, type Unit } from './shared-account.js';

/** How often the ledger is told and asked how it stands, so that whoever goes on without it knows. Milliseconds. */
const LOOK_MS = 1000;

/** What the calls of this process are counted in, together with those of other machines. */
export interface CallBook {
  /** That of the name; what it is of may have changed since. */
  account(of: AccountOf): SharedAccount;
  /** Whether a call may be sent; if not, it counts nowhere. @returns null: the ledger is away. */
  ask(account: SharedAccount, wanted: Unit): Promise<CallStanding | null>;
  /** Has the ledger told what it was not told yet. */
  tell(account: SharedAccount): void;
  /** Says nothing more; the ledger stays open. */
  close(): void;
}

/**
 * @param holder of what this process counts a day in: the same as long as those counts are.
 * @param onChange told at first, and when it changes: that the ledger is away and why, or that it answers (null).
 * @param now milliseconds of a clock that nobody sets.
 */
export function createCallBook(
  asked: Pick<CallLedger, 'ask' | 'patienceMs'>,
  holder: string,
  onChange: (away: Error | null) => void,
  now: () => number = () => performance.now(),
): CallBook {
  const ledger = watchLedger(asked, onChange);
  const accounts = new Map<string, SharedAccount>();
  /** One question about an account at a time: only so does each say what the one before it has led to. */
  const turns = new Map<SharedAccount, Promise<unknown>>();
  const toTell = new Set<SharedAccount>();

  const askAbout = async (
    about: readonly SharedAccount[],
    wanted: Unit | null,
  ): Promise<readonly CallStanding[] | null> => {
    const said = about.map((account) => account.claim(wanted));
    const answer = await ledger.ask({ holder, claims: said.map(({ claim }) => claim) });
    if (answer === null || !answer.isKnown) for (const account of accounts.values()) account.lose();
    if (answer === null) return null;
    for (const [index, account] of about.entries()) {
      const [one, standing] = [said[index], answer.standings[index]];
      if (one === undefined || standing === undefined || !answer.isKnown) continue;
      account.take(one.told, one.claim.day, standing, answer.machines);
    }
    return answer.standings;
  };
  const inTurn = <T>(about: readonly SharedAccount[], work: () => Promise<T>): Promise<T> => {
    const before = about.map((account) => turns.get(account));
    const turn = Promise.all(before).then(work);
    for (const account of about) turns.set(account, turn);
    void turn.then(() => {
      for (const account of about) if (turns.get(account) === turn) turns.delete(account);
    });
    return turn;
  };
  /** Whoever has a question under way is heard of anyway. */
  const look = (): void => {
    const about = [...accounts.values()].filter((account) => !turns.has(account));
    void inTurn(about, () => askAbout(about, null));
  };
  const looking = setInterval(look, LOOK_MS).unref();
  look();

  return {
    account: (of) => {
      const known = accounts.get(of.name);
      const account = known ?? new SharedAccount(of, now);
      if (known !== undefined) known.change(of);
      accounts.set(of.name, account);
      return account;
    },
    ask: (account, wanted) =>
      inTurn([account], async () => {
        const isAsked = ledger.isUp() || ledger.isTrialDue();
        const standing = (await askAbout([account], wanted))?.[0] ?? null;
        // It may have counted it all the same.
        if (standing === null && isAsked) account.giveBack(wanted);
        else if (standing?.isGranted !== true) account.drop(wanted);
        return standing;
      }),
    tell: (account) => {
      if (toTell.has(account)) return;
      toTell.add(account);
      void inTurn([account], () => {
        toTell.delete(account);
        return askAbout([account], null);
      });
    },
    close: () => clearInterval(looking),
  };
}
