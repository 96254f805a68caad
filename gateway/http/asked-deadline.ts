import type { RequestDeadline } from '../../runtime/call/request-deadline.js';

interface AskedDeadline {
  readonly deadlineMs: number;
  /** Value of `Preference-Applied`; null when no preference counts. */
  readonly applied: string | null;
}

/** Whole seconds; parameters of the preference mean nothing to us. */
const WAIT = /^wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?$/i;
/** One preference; a comma may stand in a quoted value. */
const PREFERENCE = /(?:[^,"]|"(?:\\.|[^"\\])*")+/g;

/**
 * How long a caller wants to wait: `Prefer: wait=30` (RFC 7240), seconds. More than the most counts as the most. Of
 * several the first counts; what is no whole number of seconds from 1 on is ignored, as the RFC wants.
 */
export function askedDeadline(
  prefer: string | string[] | undefined,
  { defaultMs, mostMs }: RequestDeadline,
): AskedDeadline {
  if (prefer === undefined) return { deadlineMs: defaultMs, applied: null };
  const preferences = [prefer].flat().flatMap((header) => header.match(PREFERENCE) ?? []);
  const wait = preferences.map((text) => text.trim()).find((text) => /^wait\b/i.test(text));
  const seconds = Number(WAIT.exec(wait ?? '')?.[1] ?? 0);
  if (seconds === 0) return { deadlineMs: defaultMs, applied: null };
  const deadlineMs = Math.min(seconds * 1000, mostMs);
  return { deadlineMs, applied: `wait=${Math.floor(deadlineMs / 1000)}` };
}
