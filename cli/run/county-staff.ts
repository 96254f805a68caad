import type { KeptPauses } from '../../county/hands/keep-pauses.js';
import { toldPauses } from '../../county/hands/told-pauses.js';
import type { CountyObserver } from '../../county/observe/observer.js';
import type { Access } from '../../gateway/access/access.js';
import type { AuditSettings } from '../../gateway/audit/audit-settings.js';
import type { Recorder } from '../../gateway/audit/recorder.js';
import type { LevelledLog } from '../../gateway/observe/levelled-log.js';
import type { RequestBook } from '../../gateway/observe/request-book.js';
import type { Clock } from '../../runtime/clock.js';
import type { ToldInterface } from '../../subgraphs/engine/follow/county-keeper.js';
import type { Hands } from '../../subgraphs/port/hands.js';
import type { RequestMemory } from '../../subgraphs/port/request-report.js';
import type { KeptElsewhere } from '../workers/keeper.js';
import { openHands } from './county-hands.js';
import { recordInAudit } from './hands-record.js';
import { type FindRequest, findFirst, findInAudit, findInBook, openRequestMemory } from './request-memory.js';

interface StaffParts {
  readonly clock: Clock;
  readonly book: RequestBook;
  /** What this process holds back, where it keeps the county; or the one that does. */
  readonly keeping: Pick<KeptPauses, 'pauses' | 'set'> | Pick<KeptElsewhere, 'talk'>;
  /** What the keeper told of an interface. */
  readonly told: (interfaceName: string) => ToldInterface | null;
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

export function openStaff({ clock, book, keeping, told, log, note, look }: StaffParts): Staff {
  const keeper = 'talk' in keeping ? keeping : null;
  let admitting: Admitting | null = null;
  const policy = () => (admitting === null || admitting.access === 'open' ? null : admitting.access.policy);
  const ownRequests = findInBook(book);
  const others: FindRequest =
    keeper === null
      ? findInAudit(() => admitting?.audit?.folder ?? null)
      : (id, of) => keeper.talk.ask('findRequest', id, of);
  const { pauses, set } =
    'talk' in keeping ? followPauses(keeping, told, clock) : { pauses: keeping.pauses, set: keeping.set };
  return {
    requests: openRequestMemory({ find: findFirst([ownRequests, others]), policy }),
    ownRequests,
    hands: openHands({
      clock,
      pauses,
      closed: null,
      record: recordInAudit(() => admitting?.recorder ?? null),
      set: async (...asked) => {
        const reach = await set(...asked);
        await look();
        return reach;
      },
      log: {
        levels: log.levels,
        set:
          keeper === null
            ? async (change) => log.change(change)
            : (change) => keeper.talk.ask('setLogLevel', change),
      },
      setNotes: note,
      onForwarded: () => void look(),
    }),
    admit: (known) => {
      admitting = known;
    },
  };
}

function followPauses(
  { talk }: Pick<KeptElsewhere, 'talk'>,
  told: StaffParts['told'],
  clock: Clock,
): Pick<KeptPauses, 'pauses' | 'set'> {
  return { pauses: toldPauses(told, clock), set: (...asked) => talk.ask('setPause', ...asked) };
}
