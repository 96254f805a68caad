import { type BegunExports, createBegunExports } from '../export/walk/begun-exports.js';
import { type Admission, createAdmission } from './admission/admission.js';
import { type CallerQuotas, createCallerQuotas } from './limits/caller-quotas.js';
import type { RequestLimits } from './request-limits.js';

/** What is kept of callers whatever graph they are served: another graph is no reason to ask more. */
export interface Lasting {
  readonly admission: Admission;
  readonly quotas: CallerQuotas;
  readonly exports: BegunExports;
}

export function createLasting(limits: RequestLimits): Lasting {
  return {
    admission: createAdmission({ waitMs: limits.waiting }),
    quotas: createCallerQuotas(limits),
    exports: createBegunExports(),
  };
}
