import { FLOOD_HEAD, measureFlood } from '../measure-flood.mjs';
import { capacityOf, withGateway } from '../stage.mjs';
import { knownStream } from '../streams.mjs';

const CALLERS = 10;
const NAMES = Array.from({ length: CALLERS }, (_, index) => `caller-${index}`);
const ADDRESSES = Array.from({ length: CALLERS }, (_, index) => `127.0.1.${index + 1}`);

/** @type {import('./scenarios.mjs').Scenario} */
export const floods = {
  name: 'floods',
  shows:
    'nine calm callers, each at 1/20 of the capacity, beside one who floods at 5 ×: by token, and by address',
  run: async (stage) => {
    const byToken = await withGateway(stage, { kind: 'guarded', callers: NAMES }, async (gateway) => {
      const capacity = await capacityOf(stage, gateway);
      const { url, callers } = gateway;
      return measureFlood('by token', capacity, stage.options.seconds, (caller, perSecond) =>
        knownStream(stage.known, url, perSecond, { headers: callers[caller] }),
      );
    });
    const byAddress = await withGateway(stage, {}, async (gateway) => {
      const capacity = await capacityOf(stage, gateway);
      return measureFlood('by address', capacity, stage.options.seconds, (caller, perSecond) =>
        knownStream(stage.known, gateway.url, perSecond, { localAddress: ADDRESSES[caller] }),
      );
    });
    return [
      { title: 'nine calm callers beside a flood', head: FLOOD_HEAD, rows: [...byToken, ...byAddress] },
    ];
  },
};
