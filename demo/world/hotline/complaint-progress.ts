import type { Random } from '../../random.js';
import { isoDay } from '../days.js';
import { momentText, SECONDS_PER_DAY } from '../moments.js';
import type { Complaint } from '../world.js';
import type { WorldBase } from '../world-base.js';

/** Domain §2.9: accepted within one working day, answered within five, or ten when extended. */
const ANSWER_WITHIN = 5;
const EXTENDED_WITHIN = 10;
/** Of the fates 0 to 99, those above are sent back (退单). */
const LAST_ACCEPTED = 95;

type Progress = Pick<
  Complaint,
  'createdAt' | 'acceptedAt' | 'deadline' | 'repliedAt' | 'closedAt' | 'state' | 'satisfaction'
>;

/**
 * How far a ticket has got by the end of today.
 *
 * @param created seconds since 1970 at +08:00.
 * @param followed whether somebody was sent out or a case was filed: such a ticket was accepted at once.
 */
export function complaintProgress(
  random: Random,
  base: WorldBase,
  created: number,
  followed: boolean,
): Progress {
  const end = (base.today + 1) * SECONDS_PER_DAY;
  const fate = random.int(0, followed ? LAST_ACCEPTED : 99);
  const accepted = created + random.int(600, followed ? 1800 : SECONDS_PER_DAY);
  const replied = accepted + random.int(SECONDS_PER_DAY / 2, (fate < 15 ? 12 : 6) * SECONDS_PER_DAY);
  const closed = replied + random.int(3600, 3 * SECONDS_PER_DAY);
  const grade = random.chance(0.7) ? random.pick([1, 2, 3, 4, 4, 5, 5, 5]) : null;
  const answerWithin = fate < 10 ? EXTENDED_WITHIN : ANSWER_WITHIN;
  const begun = {
    createdAt: momentText(created),
    deadline: `${isoDay(weekdaysAfter(Math.floor(created / SECONDS_PER_DAY), answerWithin))} 17:30:00`,
  };
  const open = { ...begun, repliedAt: null, closedAt: null, satisfaction: null };
  if (accepted >= end) return { ...open, acceptedAt: null, state: fate % 2 === 0 ? 'NEW' : 'ASSIGNED' };
  if (fate > LAST_ACCEPTED) return { ...open, acceptedAt: null, state: 'REJECTED' };
  const acceptedAt = momentText(accepted);
  if (replied >= end) return { ...open, acceptedAt, state: stateUnderWay(fate) };
  const answered = { ...open, acceptedAt, repliedAt: momentText(replied) };
  if (fate >= 93) return { ...answered, state: 'REOPENED' };
  if (closed >= end || fate >= 90) return { ...answered, state: 'REPLIED' };
  return { ...answered, closedAt: momentText(closed), state: 'CLOSED', satisfaction: grade };
}

function stateUnderWay(fate: number): Complaint['state'] {
  if (fate < 10) return 'EXTENDED';
  return fate < 40 ? 'ACCEPTED' : 'PROCESSING';
}

/** So many weekdays later, as a day number; holidays count as any other day here. */
function weekdaysAfter(day: number, count: number): number {
  let last = day;
  for (let left = count; left > 0; ) {
    last += 1;
    // 1970-01-01 was a Thursday: Saturdays and Sundays leave 2 and 3.
    if (last % 7 !== 2 && last % 7 !== 3) left -= 1;
  }
  return last;
}
