import { AUDIT_HASHES } from '../audit-hash.js';
import { subjectHash, variablesDigest } from '../digests.js';
import { openAudit } from '../open-audit.js';
import { auditFolders, SUBJECT_KEY } from '../testing/audit-folders.js';
import { sampleRecord } from '../testing/sample-record.js';
import { who } from './who.js';

const folders = auditFolders();
afterAll(() => folders.remove());

describe('who()', () => {
  it.each(AUDIT_HASHES)(
    'finds the records that touched a subject with %s, between two days',
    async (hash) => {
      const settings = folders.settings({ hash, segmentBytes: 5000 });
      const audit = await openAudit(settings);
      const wanted = subjectHash('uscc:91330922MA28K00156', SUBJECT_KEY, hash);
      for (let day = 1; day <= 9; day += 1) {
        const time = `2026-07-0${day}T23:59:59.999+08:00`;
        const subjects = [`other-${day}`, ...(day % 2 === 0 ? [wanted] : [])];
        // A subject's hash elsewhere in a record is no look at the subject.
        await audit.append(sampleRecord(day, { time, subjects, requestId: wanted }));
      }
      await audit.close();
      const find = async (question: Parameters<typeof who>[1]) => {
        const days: string[] = [];
        for await (const { record } of who(settings.folder, question)) days.push(record.time.slice(8, 10));
        return days;
      };
      const subject = { ref: 'uscc:91330922MA28K00156', key: SUBJECT_KEY };
      expect(await find({ subject, from: null, to: null })).toEqual(['02', '04', '06', '08']);
      expect(await find({ subject, from: '2026-07-04', to: '2026-07-06' })).toEqual(['04', '06']);
      expect(await find({ subject: { hash: wanted }, from: '2026-07-07', to: null })).toEqual(['08']);
      expect(await find({ subject: { ...subject, ref: 'uscc:1' }, from: null, to: null })).toEqual([]);
    },
  );
});

describe('variablesDigest()', () => {
  it('is the same for the same values, in whatever order they stand', () => {
    const one = variablesDigest({ b: [1, { y: 'ä', x: null }], a: true });
    expect(variablesDigest({ a: true, b: [1, { x: null, y: 'ä' }] })).toBe(one);
    expect(variablesDigest({ a: true, b: [{ x: null, y: 'ä' }, 1] })).not.toBe(one);
    // SHA-256 of `{}`.
    expect(variablesDigest({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });
});
