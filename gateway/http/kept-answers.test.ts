import type { AnsweredInterface } from '../execute/answer-coverage.js';
import type { ExecutedAnswer } from '../execute/executor.js';
import { createKeptAnswers, namesTag } from './kept-answers.js';

const one = (
  state: AnsweredInterface['state'] = 'LIVE',
  asOf: string | null = '2026-06-30T12:00:00+08:00',
) => ({
  interface: 'market.inspection',
  department: 'market',
  state,
  asOf,
  reason: null,
});

function answer(
  interfaces: readonly AnsweredInterface[],
  more: Partial<ExecutedAnswer> = {},
): ExecutedAnswer {
  return {
    kind: 'executed',
    data: '{"a":1}',
    errors: [],
    coverage: { complete: true, interfaces },
    isTold: true,
    ...more,
  };
}

/** What is known of the interface changes as a test says. */
function openScene() {
  const known = {
    now: new Map([['market.inspection', one()]]) as ReturnType<Parameters<typeof createKeptAnswers>[0]>,
  };
  return { known, kept: createKeptAnswers(() => known.now) };
}

describe('createKeptAnswers()', () => {
  it('gives an answer again as long as nothing under it has changed', () => {
    const { known, kept } = openScene();
    const first = kept.keep('q', answer([one()]));
    expect(first?.etag).toMatch(/^"[\w-]{27}"$/);
    expect(String(kept.find('q')?.body)).toContain('"a":1');
    expect(kept.find('another caller')).toBeNull();
    known.now = new Map([['market.inspection', one('LIVE', '2026-06-30T12:00:01+08:00')]]);
    expect(kept.find('q')).toBeNull();
  });

  it.each([
    ['a source that fails', new Map([['market.inspection', one('MISSING')]])],
    ['an interface of which nothing is known', new Map()],
    ['nobody who looks', null],
  ])('does not with %s', (_, now) => {
    const { known, kept } = openScene();
    kept.keep('q', answer([one()]));
    known.now = now;
    expect(kept.find('q')).toBeNull();
  });

  it.each([
    ['that lacks an interface', answer([one('MISSING')])],
    ['that is old', answer([one('STALE')])],
    ['of an interface without a watermark', answer([one('LIVE', null)])],
    ['of which a part says nothing', answer([one()], { isTold: false })],
    ['that rests on nothing known', answer([], { coverage: null })],
    ['whose source has changed meanwhile', answer([one('LIVE', '2026-06-30T11:00:00+08:00')])],
  ])('keeps no answer %s', (_, given) => {
    const { kept } = openScene();
    expect(kept.keep('q', given)).toBeNull();
    expect(kept.find('q')).toBeNull();
  });
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b"', false],
  [undefined, false],
])('If-None-Match %s names "a": %s', (header, expected) => {
  expect(namesTag(header, '"a"')).toBe(expected);
});
