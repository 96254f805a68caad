import { jest } from '@jest/globals';
import { createLevelledLog } from './levelled-log.js';
import { createLogger } from './logger.js';

const HOUR = 3_600_000;
const clock = { now: () => new Date() };

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function open() {
  const lines: string[] = [];
  const log = createLevelledLog(
    createLogger('warn', { write: (text) => void lines.push(JSON.parse(text).msg) }),
    clock,
  );
  return { log, lines };
}

describe('createLevelledLog()', () => {
  it('tells more of one part for a while, and is as usual again by itself', () => {
    const { log, lines } = open();
    log.of('REQUESTS').info('before');
    log.change({ part: 'REQUESTS', level: 'info', by: 'li', until: Date.now() + HOUR });
    log.of('REQUESTS').info('meanwhile');
    log.of('SOURCES').info('of another part');
    expect(log.levels().find(({ part }) => part === 'REQUESTS')).toMatchObject({
      level: 'info',
      usual: 'warn',
      change: { by: 'li' },
    });
    jest.advanceTimersByTime(HOUR - 10);
    log.of('REQUESTS').info('still');
    jest.advanceTimersByTime(20);
    log.of('REQUESTS').info('after');
    log.of('REQUESTS').warn('as usual');
    expect(lines).toEqual(['meanwhile', 'still', 'as usual']);
    expect(log.changes()).toEqual([]);
  });

  it('does not end a newer change with the one before', () => {
    const { log, lines } = open();
    log.change({ part: 'SOURCES', level: 'silent', by: 'li', until: Date.now() + HOUR });
    log.change({ part: null, level: 'debug', by: 'wang', until: Date.now() + 2 * HOUR });
    jest.advanceTimersByTime(HOUR + 10);
    log.of('SOURCES').debug('of all parts');
    expect(log.changes()).toHaveLength(1);
    jest.advanceTimersByTime(HOUR);
    log.of('SOURCES').debug('after');
    expect(lines).toEqual(['of all parts']);
  });
});
