import type { InterfaceOutcome } from '../../subgraphs/port/interface-outcome.js';
import { UNOBSERVED } from '../../subgraphs/port/source-observer.js';
import { createLogger } from './logger.js';
import { createStateLog } from './state-log.js';

const well: InterfaceOutcome = {
  interface: 'market.case',
  department: 'market',
  state: 'LIVE',
  asOf: null,
  tookMs: 1,
  reason: null,
};
const because = (reason: string): InterfaceOutcome => ({ ...well, state: 'MISSING', reason });

function listen() {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const logger = createLogger('info', { write: (text) => void lines.push(JSON.parse(text)) });
  return { log: createStateLog(logger), lines };
}

describe('createStateLog()', () => {
  it('writes a line when a state changes, with who found it and what the source said, and one when it heals', () => {
    const { log, lines } = listen();
    log.found(well, 'look-1');
    log.found(because('SOURCE_TIMEOUT: 1'), 'request-1', new Error('no answer from db-7'));
    for (let turn = 0; turn < 100; turn++) log.found(because(`SOURCE_TIMEOUT: ${turn}`), 'request-2');
    log.found(well, 'look-2');
    log.found(well, 'look-3');
    expect(lines).toMatchObject([
      {
        level: 'warn',
        interface: 'market.case',
        state: 'MISSING',
        reason: 'SOURCE_TIMEOUT: 1',
        requestId: 'request-1',
        said: 'no answer from db-7',
      },
      { level: 'info', state: 'LIVE', requestId: 'look-2' },
    ]);
  });

  it('writes a line when the cause changes, or something is amiss with a source that answers', () => {
    const { log, lines } = listen();
    log.found(because('SOURCE_TIMEOUT: 1'), 'a');
    log.found(because('SOURCE_REJECTED: 1'), 'b');
    log.found({ ...well, reason: '数据超过 60 秒未更新。' }, 'c');
    log.found({ ...well, reason: '数据超过 90 秒未更新。' }, 'd');
    expect(lines.map(({ requestId }) => requestId)).toEqual(['a', 'b', 'c']);
  });

  it('hears of failures through an observer, which still counts them', () => {
    const { log, lines } = listen();
    const counted: string[] = [];
    const observer = log.watching({
      ...UNOBSERVED,
      failure: ({ outcome }) => void counted.push(outcome.interface),
    });
    for (const requestId of ['1', '2'])
      observer.failure({ outcome: because('SOURCE_TIMEOUT: 1'), requestId, error: null });
    expect(counted).toEqual(['market.case', 'market.case']);
    expect(lines.map(({ requestId }) => requestId)).toEqual(['1']);
  });
});
