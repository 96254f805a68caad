import { randomUUID } from 'node:crypto';

/** What may stand in logs and headers as it is. */
const ACCEPTED = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's own request id, when it is harmless; else a new one. */
export function chooseRequestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && ACCEPTED.test(header) ? header : randomUUID();
}
