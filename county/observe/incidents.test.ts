import type { Incident } from '../../subgraphs/port/observation.js';
import { IncidentBook } from './incidents.js';
import type { Finding, Verdict } from './judge/verdict.js';

const NAME = 'market.inspection';
const MINUTE = 60_000;

function found(severity: Finding['severity'], detail = '情况。What is.'): Verdict {
  return {
    measurements: [],
    judged: ['LATE'],
    findings: [{ cause: 'LATE', about: null, severity, detail, requestId: null }],
  };
}

const WELL: Verdict = { measurements: [], judged: ['LATE'], findings: [] };

describe('what somebody notes of an incident', () => {
  it('stays with it while it lasts, also in another process; when it was sent first does not change', () => {
    const book = new IncidentBook([]);
    const [{ id } = { id: '' }] = book.advance(NAME, found('WARNING'), 0);
    const acknowledged = { at: 1, by: 'li', why: '已联系' };
    book.note([id], { acknowledged });
    book.note([id, 'none'], { sent: { at: 2, by: 'li' } });
    const [last] = book.note([id], { sent: { at: 3, by: 'wang' } });
    expect(last?.notes).toEqual({ acknowledged, sent: { at: 2, by: 'li' } });
    const again = new IncidentBook([last as Incident]);
    const [raised] = again.advance(NAME, found('CRITICAL'), MINUTE);
    expect(raised).toMatchObject({ id, severity: 'CRITICAL', raisedAt: MINUTE, notes: { acknowledged } });
    expect(again.advance(NAME, found('CRITICAL'), 2 * MINUTE)).toEqual([]);
  });

  it('is taken over from another process, unless it is older', () => {
    const book = new IncidentBook([]);
    const [first] = book.advance(NAME, found('WARNING'), 0);
    const incident = first as Incident;
    const acknowledged = { at: 5, by: 'li', why: '已联系' };
    expect(book.takeNotes([{ ...incident, notes: { acknowledged } }])).toMatchObject([
      { notes: { acknowledged } },
    ]);
    expect(book.takeNotes([{ ...incident, notes: { acknowledged } }])).toEqual([]);
    expect(book.takeNotes([{ ...incident, notes: { acknowledged: { ...acknowledged, at: 4 } } }])).toEqual(
      [],
    );
    expect(book.takeNotes([incident])).toEqual([]);
  });

  it('is of what lasts alone', () => {
    const book = new IncidentBook([]);
    const [{ id } = { id: '' }] = book.advance(NAME, found('WARNING'), 0);
    book.advance(NAME, WELL, MINUTE);
    book.advance(NAME, WELL, 10 * MINUTE);
    expect(book.open(NAME)).toEqual([]);
    expect(book.note([id], { sent: { at: 2, by: 'li' } })).toEqual([]);
  });
});
