import type { QuotaLedger } from '../../runtime/ledger/quota-ledger.js';
import { type BegunExports, createBegunExports } from '../export/walk/begun-exports.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { type Admission, createAdmission } from './admission/admission.js';
import { type CallerQuotas, createCallerQuotas } from './limits/caller-quotas.js';
import { createLeasedQuotas } from './limits/leased-quotas.js';
import type { RequestLimits } from './request-limits.js';

/** What is kept of callers whatever graph they are served: another graph is no reason to ask more. */
export interface Lasting {
  readonly admission: Admission;
  readonly quotas: CallerQuotas;
  readonly exports: BegunExports;
  /** To be called when nothing is under way any more. */
  close(): Promise<void>;
}

/** @param ledger where all processes count together. Absent: this one counts by itself. */
export function createLasting(
  limits: RequestLimits,
  observer: Pick<GatewayObserver, 'ledger'>,
  ledger?: QuotaLedger,
): Lasting {
  const leased = ledger === undefined ? null : createLeasedQuotas(limits, ledger, observer.ledger);
  return {
    admission: createAdmission({ waitMs: limits.waiting }),
    quotas: leased ?? createCallerQuotas(limits),
    exports: createBegunExports(),
    close: async () => leased?.close(),
  };
}
