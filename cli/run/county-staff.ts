import { openPauseBook } from '../../county/hands/pause-book.js';
import { toldPauses } from '../../county/hands/told-pauses.js';
import type { Access } from '../../gateway/access/access.js';
import type { AuditSettings } from '../../gateway/audit/audit-settings.js';
import type { Recorder } from '../../gateway/audit/recorder.js';
import type { RequestBook } from '../../gateway/observe/request-book.js';
import type { Clock } from '../../runtime/clock.js';
import type { ToldInterface } from '../../subgraphs/engine/follow/county-keeper.js';
import type { Hands, Pause, Pauses } from '../../subgraphs/port/hands.js';
import type { RequestMemory } from '../../subgraphs/port/request-report.js';
import type { KeptElsewhere } from '../workers/keeper.js';
import { openHands } from './county-hands.js';
import { type FindRequest, findFirst, findInAudit, findInBook, openRequestMemory } from './request-memory.js';

/** Which interfaces are paused, in a county's state folder. */
export const PAUSES_FILE = 'paused.json';

interface StaffParts {
  readonly clock: Clock;
  readonly book: RequestBook;
  /** The process that keeps the county; null: this one. */
  readonly keeper: Pick<KeptElsewhere, 'talk'> | null;
  /** What the keeper told of an interface. */
  readonly told: (interfaceName: string) => ToldInterface | null;
  /** Where pauses outlive the process that keeps the county; null: they do not. */
  readonly pausesFile: string | null;
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

export function openStaff({ clock, book, keeper, told, pausesFile, look }: StaffParts): Staff {
  let admitting: Admitting | null = null;
  const policy = () => (admitting === null || admitting.access === 'open' ? null : admitting.access.policy);
  const ownRequests = findInBook(book);
  const others: FindRequest =
    keeper === null
      ? findInAudit(() => admitting?.audit?.folder ?? null)
      : (id, of) => keeper.talk.ask('findRequest', id, of);
  const { pauses, set } = keeper === null ? keepPauses(pausesFile, clock) : followPauses(keeper, told, clock);
  return {
    requests: openRequestMemory({ find: findFirst([ownRequests, others]), policy }),
    ownRequests,
    hands: openHands({
      clock,
      pauses,
      policy,
      recorder: () => admitting?.recorder ?? null,
      set: async (name, pause) => {
        await set(name, pause);
        await look();
      },
    }),
    admit: (known) => {
      admitting = known;
    },
  };
}

interface KeptPauses {
  readonly pauses: Pauses;
  /** @param pause null: the interface is resumed. */
  set(interfaceName: string, pause: Pause | null): Promise<void>;
}

/** For the process that keeps a county. @throws {Error} when the file cannot be read. */
export function keepPauses(file: string | null, clock: Clock): KeptPauses {
  const book = openPauseBook(file, clock);
  return {
    pauses: book,
    set: (name, pause) => (pause === null ? book.resume(name) : book.pause(name, pause)),
  };
}

function followPauses(
  { talk }: Pick<KeptElsewhere, 'talk'>,
  told: StaffParts['told'],
  clock: Clock,
): KeptPauses {
  return { pauses: toldPauses(told, clock), set: (name, pause) => talk.ask('setPause', name, pause) };
}
