import { join } from 'node:path';
import { openPauseBook } from '../../county/hands/pause-book.js';
import { toldPauses } from '../../county/hands/told-pauses.js';
import type { CountyObserver } from '../../county/observe/observer.js';
import type { Access } from '../../gateway/access/access.js';
import type { AuditSettings } from '../../gateway/audit/audit-settings.js';
import type { Recorder } from '../../gateway/audit/recorder.js';
import type { LevelledLog } from '../../gateway/observe/levelled-log.js';
import type { RequestBook } from '../../gateway/observe/request-book.js';
import type { Clock } from '../../runtime/clock.js';
import type { ToldInterface } from '../../subgraphs/engine/follow/county-keeper.js';
import type { Hands, Held, Pause, Pauses } from '../../subgraphs/port/hands.js';
import type { RequestMemory } from '../../subgraphs/port/request-report.js';
import type { KeptElsewhere } from '../workers/keeper.js';
import { openHands } from './county-hands.js';
import { type FindRequest, findFirst, findInAudit, findInBook, openRequestMemory } from './request-memory.js';

/** Which interfaces are paused, and which breakers are open, in a county's state folder. */
const FILES: Readonly<Record<Held, string>> = { interface: 'paused.json', source: 'cut-off.json' };

interface StaffParts {
  readonly clock: Clock;
  readonly book: RequestBook;
  /** The process that keeps the county; null: this one. */
  readonly keeper: Pick<KeptElsewhere, 'talk'> | null;
  /** What the keeper told of an interface. */
  readonly told: (interfaceName: string) => ToldInterface | null;
  /** Where pauses outlive the process that keeps the county; null: they do not. */
  readonly pausesFolder: string | null;
  readonly log: LevelledLog;
  readonly note: CountyObserver['note'];
  /** Looks at sources, so that what answers rest on is known at once. */
  readonly look: () => Promise<void>;
}

/** Whom a gateway lets in, and where it records, known once it has been opened. */
interface Admitting {
  readonly access: Access | 'open';
  readonly audit: Pick<AuditSettings, 'folder'> | null;
  readonly recorder: Recorder | null;
}

/** What those who run a county ask and do through a process that serves it. */
interface Staff {
  readonly requests: RequestMemory;
  /** What this process alone remembers. */
  readonly ownRequests: FindRequest;
  readonly hands: Hands;
  /** Until then nobody is known, and nobody may do anything. */
  admit(admitting: Admitting): void;
}

export function openStaff({ clock, book, keeper, told, pausesFolder, log, note, look }: StaffParts): Staff {
  let admitting: Admitting | null = null;
  const policy = () => (admitting === null || admitting.access === 'open' ? null : admitting.access.policy);
  const ownRequests = findInBook(book);
  const others: FindRequest =
    keeper === null
      ? findInAudit(() => admitting?.audit?.folder ?? null)
      : (id, of) => keeper.talk.ask('findRequest', id, of);
  const { pauses, set } =
    keeper === null ? keepPauses(pausesFolder, clock) : followPauses(keeper, told, clock);
  return {
    requests: openRequestMemory({ find: findFirst([ownRequests, others]), policy }),
    ownRequests,
    hands: openHands({
      clock,
      pauses,
      policy,
      recorder: () => admitting?.recorder ?? null,
      set: async (...asked) => {
        await set(...asked);
        await look();
      },
      log,
      setNotes: note,
      setLevel:
        keeper === null
          ? async (change) => log.change(change)
          : (change) => keeper.talk.ask('setLogLevel', change),
    }),
    admit: (known) => {
      admitting = known;
    },
  };
}

interface KeptPauses {
  readonly pauses: Pauses;
  /** @param pause null: it is no longer held back. */
  set(interfaceName: string, held: Held, pause: Pause | null): Promise<void>;
}

/** For the process that keeps a county. @param folder null: pauses end with it. @throws {Error} when a file cannot be read. */
export function keepPauses(folder: string | null, clock: Clock): KeptPauses {
  const open = (held: Held) => openPauseBook(folder === null ? null : join(folder, FILES[held]), clock, held);
  const books = { interface: open('interface'), source: open('source') };
  const closedAt = new Map<string, number>();
  return {
    pauses: {
      of: (name, held) => books[held].of(name),
      breakerClosedAt: (name) => closedAt.get(name) ?? null,
    },
    set: async (name, held, pause) => {
      await (pause === null ? books[held].resume(name) : books[held].pause(name, pause));
      if (held === 'source' && pause === null) closedAt.set(name, clock.now().getTime());
    },
  };
}

function followPauses(
  { talk }: Pick<KeptElsewhere, 'talk'>,
  told: StaffParts['told'],
  clock: Clock,
): KeptPauses {
  return { pauses: toldPauses(told, clock), set: (...asked) => talk.ask('setPause', ...asked) };
}
