import { setTimeout as sleep } from 'node:timers/promises';
import { watchMemory } from '../../process/watch-memory.mjs';
import { at, countOutcomes, growth, LOAD_HEAD, loadRow } from '../count-outcomes.mjs';
import { runStream } from '../open-loop.mjs';
import { postOf } from '../raw-connection.mjs';
import { readSlowly, sendSlowly } from '../slow-connection.mjs';
import { capacityOf, withGateway } from '../stage.mjs';
import { knownStream } from '../streams.mjs';

const FACTOR = 0.9;
/** New callers a second, each with a connection of his own. */
const NEW_CALLERS = 20;
const HEADS = 500;
const BODIES = 500;
/** An answer that fits into the kernel's buffers is off the gateway's hands however slowly it is read. */
const READERS = 200;
/** So long slow callers are watched at least; by 10 s they should be closed. */
const LEAST_SECONDS = 14;
const CLOSED_MS = 10_000;
const HEAD_BYTES_AT_ONCE = 20;

/** @type {import('./scenarios.mjs').Scenario} */
export const slowCallers = {
  name: 'slow-callers',
  shows: `${HEADS} who send heads byte by byte, ${BODIES} bodies, ${READERS} who read so, beside known operations at ${FACTOR} ×`,
  run: (stage) =>
    withGateway(stage, {}, async (gateway) => {
      const { url } = gateway;
      const capacity = await capacityOf(stage, gateway);
      const seconds = Math.max(stage.options.seconds, LEAST_SECONDS);
      const measure = async (
        /** @type {() => readonly (readonly import('../slow-connection.mjs').SlowConnection[])[]} */ open,
      ) => {
        const memory = watchMemory(gateway.pid);
        const beforeMb = memory.rssMb();
        const closing = { connection: 'close' };
        const running = Promise.all([
          runStream(knownStream(stage.known, url, capacity * FACTOR), seconds),
          runStream(knownStream(stage.known, url, NEW_CALLERS, { headers: closing }), seconds),
        ]);
        await sleep(500);
        const slow = open();
        const [known, fresh] = (await running).map((outcomes) => countOutcomes(outcomes, 0, seconds * 1000));
        const standing = slow.map(standingOf);
        for (const one of slow.flat()) one.destroy();
        return { known, fresh, standing, growthMb: memory.stop() - beforeMb };
      };
      const alone = await measure(() => []);
      const beside = await measure(() => openSlow(url, stage.known.bodies[0]));
      const rows = [
        ['without slow callers', alone],
        ['beside slow callers', beside],
      ].flatMap(([title, { known, fresh, growthMb }]) => [
        [...loadRow(`known, ${title}`, known, capacity), at(known.firstByteMs, 0.99), growth(growthMb)],
        [...loadRow(`new callers, ${title}`, fresh, NEW_CALLERS), at(fresh.firstByteMs, 0.99), ''],
      ]);
      const names = ['heads', 'bodies', 'readers'];
      return [
        { title: `known operations at ${FACTOR} ×`, head: [...LOAD_HEAD, 'first byte p99', 'RSS MB'], rows },
        {
          title: `slow callers, watched for ${seconds} s`,
          head: ['slow', 'opened', 'closed in 10 s', 'open at the end', 'last closed after s'],
          rows: beside.standing.map((row, index) => [names[index], ...row]),
        },
      ];
    }),
};

/** @param {string} url @param {string} body */
function openSlow(url, body) {
  const request = postOf(url, body);
  const head = request.indexOf('\r\n\r\n') + 4;
  const times = (
    /** @type {number} */ length,
    /** @type {() => import('../slow-connection.mjs').SlowConnection} */ openOne,
  ) => Array.from({ length }, openOne);
  return [
    times(HEADS, () => sendSlowly(url, request, HEAD_BYTES_AT_ONCE)),
    times(BODIES, () => sendSlowly(url, request, head)),
    times(READERS, () => readSlowly(url, request)),
  ];
}

/** @param {readonly import('../slow-connection.mjs').SlowConnection[]} connections */
function standingOf(connections) {
  const closed = connections.map(({ closedAfterMs }) => closedAfterMs()).filter((ms) => ms !== null);
  return [
    String(connections.length),
    String(closed.filter((ms) => ms <= CLOSED_MS).length),
    String(connections.length - closed.length),
    closed.length === 0 ? '–' : (Math.max(...closed) / 1000).toFixed(1),
  ];
}
