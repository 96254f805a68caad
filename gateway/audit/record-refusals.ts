import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { Asking } from '../execute/executor.js';
import type { Recorder } from './recorder.js';

interface AskingContext extends BaseContext {
  readonly asking: Asking;
}

/** Records documents that Apollo Server refuses: whoever tries out names does not get as far as an answer. */
export function recordRefusals(recorder: Recorder): ApolloServerPlugin<AskingContext> {
  return {
    requestDidStart: async ({ contextValue: { asking } }) => {
      const { asker } = asking;
      if (asker === null) return undefined;
      let isCarriedOut = false;
      return {
        executionDidStart: async () => {
          isCarriedOut = true;
        },
        willSendResponse: async ({ queryHash, response: { body } }) => {
          if (isCarriedOut || body.kind !== 'single') return;
          const codes = (body.singleResult.errors ?? []).map(({ extensions }) => String(extensions?.code));
          recorder.turnedAway({
            ...asker,
            reason: [...new Set(codes)].join(' '),
            ...(queryHash !== undefined && { documentHash: queryHash }),
          });
        },
      };
    },
  };
}
