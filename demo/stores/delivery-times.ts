import { addDays } from '../world/days.js';

/** `yyyy-MM-dd HH:mm:ss` at +08:00 as the same text in UTC. */
export function toUtc(local: string): string {
  const time = new Date(`${local.replace(' ', 'T')}Z`);
  time.setUTCHours(time.getUTCHours() - 8);
  return time.toISOString().slice(0, 19).replace('T', ' ');
}

/** The hour by which today's last batch has arrived; the county looks at noon. */
const LAST_BATCH = '06:30:00';

/**
 * When the exchange delivers what happened on that date: the night after (T+1), at the latest this morning.
 *
 * @param later how many nights later a correction follows.
 * @param minute 0–59, spreads the rows over the batch.
 */
export function deliveredAt(date: string, today: string, later: number, minute: number): string {
  const night = addDays(date, 1 + later);
  if (night > today || (night === today && later > 0)) {
    // Corrections of the last nights came in this morning, after the batch itself.
    return later === 0 ? `${today} 03:${two(minute)}:00` : `${today} 05:${two(minute)}:00`;
  }
  return `${night} 03:${two(minute)}:00`;
}

/** The newest delivery of all. */
export function lastDelivery(today: string): string {
  return `${today} ${LAST_BATCH}`;
}

/** `yyyymmdd` and a five-digit sequence (domain §1.1 IF-4). */
export function batchOf(deliveredAtText: string, sequence: number): string {
  return `${deliveredAtText.slice(0, 10).replaceAll('-', '')}${String(sequence % 100_000).padStart(5, '0')}`;
}

function two(value: number): string {
  return String(value % 60).padStart(2, '0');
}
