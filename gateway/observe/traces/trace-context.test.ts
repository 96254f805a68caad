import { formatTraceparent, markRequest } from './trace-context.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

describe('markRequest()', () => {
  it('goes on with the caller’s trace, and does with it as he decided', () => {
    expect(markRequest(`00-${TRACE}-${PARENT}-01`, 0)).toMatchObject({
      traceId: TRACE,
      parentId: PARENT,
      isRecorded: true,
    });
    expect(markRequest(`00-${TRACE}-${PARENT}-00`, 1).isRecorded).toBe(false);
    // A later version may have more behind.
    expect(markRequest(`01-${TRACE}-${PARENT}-01-more`, 0).traceId).toBe(TRACE);
  });

  it.each([
    ['none', undefined],
    ['no trace', `00-${'0'.repeat(32)}-${PARENT}-01`],
    ['no span', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['a version that is none', `ff-${TRACE}-${PARENT}-01`],
    ['capital letters', `00-${TRACE.toUpperCase()}-${PARENT}-01`],
    ['something else', 'x'.repeat(10_000)],
  ])('begins a trace where the header has %s', (_, header) => {
    const mark = markRequest(header, 1);
    expect(mark).toMatchObject({ parentId: null, isRecorded: true });
    expect(mark.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(mark.traceId).not.toBe(TRACE);
    expect(markRequest(header, 0).isRecorded).toBe(false);
  });

  it('is told to subgraphs as the parent of what they do', () => {
    const mark = markRequest(`00-${TRACE}-${PARENT}-01`, 0);
    expect(formatTraceparent(mark)).toBe(`00-${TRACE}-${mark.spanId}-01`);
    expect(mark.spanId).not.toBe(PARENT);
  });
});
