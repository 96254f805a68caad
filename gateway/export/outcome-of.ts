import type { RequestEvent } from '../observe/gateway-observer.js';
import type { ExportStanding } from './walk/export-ledger.js';

/** What the observer is told of an export's end. */
export function outcomeOf({ state, missing }: ExportStanding): Pick<RequestEvent, 'outcome' | 'errorCodes'> {
  if (state === 'complete') return { outcome: 'ok', errorCodes: [] };
  const codes = missing
    .map(({ reason }) => reason.split(':')[0] ?? '')
    .filter((code) => /^[A-Z_]+$/.test(code));
  return { outcome: state === 'incomplete' ? 'partial' : 'failed', errorCodes: codes };
}
