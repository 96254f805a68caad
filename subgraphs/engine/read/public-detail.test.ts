import { SourceRejected, SourceUnavailable } from '../../../adapters/source-error.js';
import { parseMapping } from '../mapping/parse-mapping.js';
import { failureReason, publicDetail } from './public-detail.js';

const parsed = parseMapping(
  `interface: market.inspection
title: 检查
owner: { department: market }
feeds: Inspection
source: { connection: market, table: result }
key: [task, serial]
subject: [{ scheme: uscc, column: uscc }]
fields:
  number: { column: task, type: DocumentNumber }
  creditCode: { column: uscc }
`,
  'test.yaml',
);
if (parsed.kind === 'problems') throw new Error(JSON.stringify(parsed.problems));
const { mapping } = parsed;

describe('failureReason()', () => {
  it("adds what the source's failure lets callers read, and none of its message", () => {
    const error = new SourceUnavailable('Cannot reach db-7', { detail: '暂停调用。Calls are paused.' });
    expect(failureReason(error, mapping)).toBe(
      'SOURCE_UNAVAILABLE: 数据源暂不可用。The source does not answer. 暂停调用。Calls are paused.',
    );
    expect(failureReason(new Error('db-7'), mapping)).toBe(
      'INTERNAL: 内部错误。Something went wrong inside.',
    );
  });
});

describe('publicDetail()', () => {
  it('calls columns by the names that a query filters by', () => {
    const error = new SourceRejected('no', { filterBy: ['task', 'uscc', 'serial', 'hidden'] });
    expect(publicDetail(error, mapping)).toBe(
      '请按 number、creditCode、subject、id 筛选。Filter by number, creditCode, subject, id.',
    );
  });

  it('is silent where there is nothing to say', () => {
    expect(publicDetail(new SourceRejected('no'), mapping)).toBeUndefined();
    expect(publicDetail(new SourceRejected('no', { filterBy: ['hidden'] }), mapping)).toBeUndefined();
  });
});
