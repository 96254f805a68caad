/** Within so many milliseconds a request is answered, with what there is by then; the gateway's own limit. */
export const EXECUTION_BUDGET_MS = 2800;
