const REFUSALS = new Set([429, 503]);

/** Whether a server says that it has not begun. @param {number} status */
export const isRefusal = (status) => REFUSALS.has(status);
