/** How long each answer is held back while recording, so that calls of one round meet. */
const HOLD_MS = 4;

/** @typedef {{path: string, body: string}} Call */

/**
 * Lists the calls that one request to a gateway causes, in their rounds: those of a round do not wait for each other's
 * answers. Right as long as one request runs at a time.
 */
export function createCallRecorder() {
  /** @type {Call[][]} */
  let rounds = [];
  let answeredRounds = 0;
  let records = false;
  return {
    start: () => {
      records = true;
    },
    /** @returns {Call[][]} the calls since the last time. */
    take: () => {
      const taken = rounds;
      rounds = [];
      answeredRounds = 0;
      return taken;
    },
    stop: () => {
      records = false;
    },
    /** @param {Call} call @param {() => void} send the answer */
    hear: (call, send) => {
      if (!records) {
        send();
        return;
      }
      const round = answeredRounds;
      rounds[round] ??= [];
      rounds[round].push(call);
      setTimeout(() => {
        answeredRounds = Math.max(answeredRounds, round + 1);
        send();
      }, HOLD_MS);
    },
  };
}
