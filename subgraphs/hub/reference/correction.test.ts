import type { Incident } from '../../port/observation.js';
import { createWorkingDays } from '../../values/dates/working-days.js';
import { correctionOf } from './correction.js';

/** Thursday 25 June 2026 is a holiday, as if. */
const workingDays = createWorkingDays(['2026-06-25']);
const INCIDENT: Incident = {
  id: 'i1',
  interface: 'market.case',
  cause: 'CODES_UNKNOWN',
  about: 'result',
  severity: 'WARNING',
  since: Date.parse('2026-06-22T10:00:00+08:00'),
  until: null,
  detail: '字段 result。The field result.',
  heals: '',
  requestId: null,
  times: 1,
};

function stateOn(day: string, more: Partial<Incident> = {}) {
  const asOf = Date.parse(`${day}T12:00:00+08:00`);
  return correctionOf({ ...INCIDENT, ...more }, { workingDays, allowed: 3, asOf });
}

describe('correctionOf()', () => {
  it('has a deadline in working days, and is overdue after it', () => {
    expect(stateOn('2026-06-26')).toMatchObject({ deadline: '2026-06-26', state: 'OPEN', field: 'result' });
    expect(stateOn('2026-06-27')).toMatchObject({ state: 'OVERDUE', correctedAt: null });
  });

  it('is corrected when it is mended, late or not, and not before', () => {
    const until = Date.parse('2026-07-01T09:00:00+08:00');
    expect(stateOn('2026-06-30', { until })).toMatchObject({ state: 'OVERDUE', correctedAt: null });
    expect(stateOn('2026-07-02', { until })).toMatchObject({ state: 'CORRECTED', correctedAt: until });
  });

  it('is sent and answered from then on, and overdue all the same where the department said it would mend it', () => {
    const at = Date.parse('2026-06-23T09:00:00+08:00');
    const sent = { at, by: 'li' };
    const answered = {
      at: Date.parse('2026-06-24T09:00:00+08:00'),
      by: 'li',
      isAccepted: true,
      text: '将改正',
    };
    expect(stateOn('2026-06-22', { notes: { sent } })).toMatchObject({ state: 'OPEN', sent: null });
    expect(stateOn('2026-06-23', { notes: { sent } })).toMatchObject({ state: 'SENT', sent });
    expect(stateOn('2026-06-23', { notes: { sent, answered } })).toMatchObject({ state: 'SENT' });
    expect(stateOn('2026-06-24', { notes: { sent, answered } })).toMatchObject({
      state: 'ANSWERED',
      answered,
    });
    expect(stateOn('2026-06-27', { notes: { sent } })?.state).toBe('OVERDUE');
    expect(stateOn('2026-06-27', { notes: { sent, answered } })?.state).toBe('OVERDUE');
    const refused = { ...answered, isAccepted: false };
    expect(stateOn('2026-06-27', { notes: { sent, answered: refused } })?.state).toBe('ANSWERED');
    const mended = { until: answered.at, notes: { sent, answered: refused } };
    expect(stateOn('2026-06-27', mended)?.state).toBe('CORRECTED');
  });

  it('is none where the cure is not in the data, or it has not begun', () => {
    expect(stateOn('2026-06-26', { cause: 'UNREACHABLE' })).toBeNull();
    expect(stateOn('2026-06-21')).toBeNull();
  });
});
