import { Secret } from '../../runtime/config/secret.js';
import type { Level } from '../../runtime/level.js';
import type { AuditRecord } from './audit-record.js';
import { AuditUnavailable } from './audit-unavailable.js';
import type { Audit } from './open-audit.js';
import { type Answered, type Asker, createRecorder } from './recorder.js';

const SETTINGS = { subjectKey: new Secret('a key for subjects of tests'), hash: 'sha256' } as const;
const ASKER: Asker = {
  requestId: 'r',
  address: '10.0.0.1',
  caller: { name: 'idp/wang', role: 'analyst', kind: 'user' },
  purpose: 'A-1',
  unmaskReason: null,
};

const answeredAt = (level: Level | null): Answered => ({
  kind: 'operation',
  operationName: 'Mine',
  documentHash: 'h',
  variables: { uscc: '91330922MA28K00156' },
  lists: ['subjects'],
  touched: new Map([['Subject', 1]]),
  subjects: new Set(['uscc:91330922MA28K00156']),
  level,
  masks: [],
  unmasked: [],
  interfaces: ['market.registration'],
  outcome: 'ok',
  errors: ['FORBIDDEN', 'FORBIDDEN'],
  durationMs: 5,
  cost: 30,
});

/** An audit that takes or refuses what it is given. */
function auditThat(fails: boolean): { audit: Audit; records: AuditRecord[] } {
  const records: AuditRecord[] = [];
  const audit = {
    append: (record: AuditRecord) => {
      if (fails) return Promise.reject(new AuditUnavailable('cannot-write', 'the disk is full'));
      records.push(record);
      return Promise.resolve();
    },
  } as Audit;
  return { audit, records };
}

describe('createRecorder()', () => {
  it('records who looked at whom, and neither the number nor the values that were sent', async () => {
    const { audit, records } = auditThat(false);
    const recorder = createRecorder(audit, { ...SETTINGS, onFailure: 'refuse' });
    expect(await recorder.answered(ASKER, answeredAt('L2'))).toBeNull();
    expect(records).toMatchObject([
      {
        caller: ASKER.caller,
        purpose: 'A-1',
        level: 'L2',
        errors: ['FORBIDDEN'],
        lists: ['subjects'],
        cost: 30,
      },
    ]);
    expect(records[0]?.subjects).toHaveLength(1);
    expect(JSON.stringify(records)).not.toContain('91330922MA28K00156');
  });

  it('records who was not let in, and who asked what he may not', async () => {
    const { audit, records } = auditThat(false);
    const recorder = createRecorder(audit, { ...SETTINGS, onFailure: 'refuse' });
    const refused = { requestId: 'r', address: '10.0.0.1', reason: 'permission metrics' };
    recorder.turnedAway({ ...refused, caller: null });
    recorder.turnedAway({ ...refused, caller: ASKER.caller });
    expect(records).toMatchObject([
      { kind: 'login-refused', caller: null, outcome: 'refused', detail: { reason: 'permission metrics' } },
      { kind: 'request-refused', caller: ASKER.caller, detail: { reason: 'permission metrics' } },
    ]);
  });

  it('records what was shown whole, and why', async () => {
    const { audit, records } = auditThat(false);
    const recorder = createRecorder(audit, { ...SETTINGS, onFailure: 'refuse' });
    const asker = { ...ASKER, unmaskReason: '核对当事人' };
    await recorder.answered(asker, {
      ...answeredAt('L2'),
      unmasked: ['cases.nodes.name', 'cases.nodes.officers'],
    });
    await recorder.answered(asker, { ...answeredAt(null), outcome: 'refused' });
    expect(records.map(({ kind, detail }) => ({ kind, detail }))).toEqual([
      {
        kind: 'unmask',
        detail: { reason: '核对当事人', unmasked: 'cases.nodes.name cases.nodes.officers', by: 'operation' },
      },
      { kind: 'operation', detail: { reason: '核对当事人', unmasked: '', by: 'operation' } },
    ]);
  });

  it('lets nothing that is shown whole leave while nothing can be recorded', async () => {
    const recorder = createRecorder(auditThat(true).audit, { ...SETTINGS, onFailure: 'answer' });
    const shown = { ...answeredAt('L2'), unmasked: ['cases.nodes.name'] };
    const refused = await recorder.answered({ ...ASKER, unmaskReason: '核对' }, shown);
    expect(refused?.extensions.code).toBe('AUDIT_UNAVAILABLE');
  });

  it.each<[Level | null, 'refuse' | 'answer', boolean]>([
    [null, 'refuse', false],
    ['L1', 'refuse', false],
    [null, 'answer', true],
    ['L2', 'answer', true],
    ['L3', 'answer', false],
    ['L4', 'answer', false],
  ])(
    'while nothing can be recorded, an answer of level %s under «%s» leaves: %s',
    async (level, onFailure, leaves) => {
      const recorder = createRecorder(auditThat(true).audit, { ...SETTINGS, onFailure });
      const refused = await recorder.answered(ASKER, answeredAt(level));
      expect(refused === null).toBe(leaves);
      if (!leaves) expect(refused?.extensions.code).toBe('AUDIT_UNAVAILABLE');
      expect(() =>
        recorder.turnedAway({ requestId: 'r', address: 'a', caller: null, reason: 'x' }),
      ).not.toThrow();
    },
  );
});
