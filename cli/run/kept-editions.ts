import type { CountyAnswers, CountyFacts, Edition } from '../../county/follow/county-talk.js';
import { answerEdition, type EditionAnswers } from '../../county/follow/keep-county.js';
import type { County } from '../../county/open-county.js';
import type { InterfaceWatch } from '../../subgraphs/port/observation.js';
import type { ServedCounty } from './served-county.js';

/** A county as one reading of its files gave it. */
export interface OpenedCountyFiles {
  readonly served: ServedCounty;
  /** Of the files. */
  readonly filesDigest: string;
}

interface KeptEdition extends OpenedCountyFiles {
  readonly edition: Edition;
  readonly answers: EditionAnswers;
  /** Resolves when its sources are read and looked at; null: nobody has begun to serve it. */
  begun: Promise<void> | null;
}

interface EditionsOptions {
  /** Told of the county whose sources are to be looked at from now on. */
  readonly watch: (county: County) => Promise<void>;
  /** What is known of interfaces by watching them. */
  readonly interfaces: InterfaceWatch;
  readonly facts: Omit<CountyFacts, 'edition' | 'filesDigest' | 'told' | 'clockAheadMs' | 'logLevels'>;
  readonly clockAheadMs: () => number;
  readonly foundMissing: CountyAnswers['foundMissing'];
  readonly findRequest: CountyAnswers['findRequest'];
  readonly setPause: CountyAnswers['setPause'];
  readonly setLogLevel: CountyAnswers['setLogLevel'];
  readonly noteIncidents: CountyAnswers['noteIncidents'];
  readonly logLevels: () => CountyFacts['logLevels'];
}

/** So long requests that began on an edition may still ask for it when another one serves. */
const LINGER_MS = 60_000;

/** The editions of a county that a process keeps for others: the one that serves, the next one, and the one before. */
export interface KeptEditions {
  /** The one that serves. */
  readonly current: OpenedCountyFiles;
  /** Of all that are open. */
  all(): readonly { readonly edition: Edition; readonly answers: EditionAnswers }[];
  /** What one of those who follow is answered. */
  answersFor(): CountyAnswers;
  /** Reads and looks from now on. */
  begin(): Promise<void>;
  /** Offers this one to whoever reads the files again, until it is `settled`. */
  offer(opened: OpenedCountyFiles): void;
  /** Nobody reads again any more: what was offered and is not served is closed. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** @param first serves as soon as it has begun. */
export function keepEditions(first: OpenedCountyFiles, options: EditionsOptions): KeptEditions {
  let last = 0;
  const add = (opened: OpenedCountyFiles): KeptEdition => {
    last += 1;
    return { ...opened, edition: last, answers: answerEdition(opened.served.county), begun: null };
  };
  let current = add(first);
  let next: KeptEdition | null = null;
  const before = new Map<KeptEdition, NodeJS.Timeout>();

  const retire = (one: KeptEdition): void => {
    const timer = setTimeout(() => {
      before.delete(one);
      void one.served.close();
    }, LINGER_MS);
    timer.unref();
    before.set(one, timer);
  };
  const keep = async ({ served }: KeptEdition): Promise<void> => {
    await served.keep();
    await options.watch(served.county);
  };
  const begin = (edition: Edition): Promise<void> => {
    if (next?.edition === edition) {
      const fresh = next;
      fresh.begun ??= (async () => {
        await current.served.rest();
        await keep(fresh);
        retire(current);
        current = fresh;
      })();
      return fresh.begun;
    }
    current.begun ??= keep(current);
    return current.begun;
  };
  const all = (): readonly KeptEdition[] => [
    current,
    ...(next === null || next === current ? [] : [next]),
    ...before.keys(),
  ];
  /** What lingers no more is answered as by the one that serves. */
  const of = (edition: Edition): EditionAnswers =>
    (all().find((one) => one.edition === edition) ?? current).answers;

  return {
    get current() {
      return current;
    },
    all,
    begin: () => begin(current.edition),
    offer: (opened) => {
      next = add(opened);
    },
    settle: async () => {
      const offered = next;
      next = null;
      if (offered !== null && offered !== current) await offered.served.close();
    },
    answersFor: () => {
      const leaving = new Map<number, AbortController>();
      return {
        county: async () => {
          const { edition, filesDigest, answers } = next ?? current;
          const told = answers.told.all();
          return {
            ...options.facts,
            edition,
            filesDigest,
            clockAheadMs: options.clockAheadMs(),
            told,
            logLevels: options.logLevels(),
          };
        },
        begin,
        askSource: async (edition, name, asked, call) => {
          const over = new AbortController();
          leaving.set(call.id, over);
          try {
            return await of(edition).askSource(name, asked, call, over.signal);
          } finally {
            leaving.delete(call.id);
          }
        },
        leaveSource: async (id) => leaving.get(id)?.abort(),
        readSnapshot: (edition, name, kind) => of(edition).readSnapshot(name, kind),
        settleDrops: (edition, name) => of(edition).settleDrops(name),
        drops: (edition) => of(edition).drops(),
        buildIndex: (edition) => of(edition).buildIndex(),
        watchHealth: async (name) => options.interfaces.health(name),
        watchLevel: (name) => options.interfaces.serviceLevel(name),
        watchHistory: (question) => options.interfaces.history(question),
        watchIncidents: (question) => options.interfaces.incidents(question),
        findRequest: options.findRequest,
        setPause: options.setPause,
        setLogLevel: options.setLogLevel,
        noteIncidents: options.noteIncidents,
        foundMissing: options.foundMissing,
      };
    },
    close: async () => {
      for (const timer of before.values()) clearTimeout(timer);
      await Promise.all(all().map(({ served }) => served.close()));
    },
  };
}
