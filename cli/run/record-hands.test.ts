import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_ROWS, type Caller } from '../../runtime/call/caller.js';
import { publicError, refusal } from '../../runtime/errors.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { testContext } from '../../subgraphs/hub/testing/open-test-hub.js';
import type { SubgraphRequest, SubgraphResult } from '../../subgraphs/port/subgraph-port.js';
import type { Detail } from './hands-record.js';
import { recordHands } from './record-hands.js';

const SDL = readFileSync(join(findProjectRoot(), 'schema', 'supergraph.graphql'), 'utf8');
const WANG: Caller = { name: 'idp/wang', role: 'data-centre', scope: ALL_ROWS, hands: true };
const PAUSE = {
  query:
    'mutation P($why: String!, $until: DateTime!) { a: pauseInterface(interface: "market.case", why: $why, until: $until) { name } }',
  variables: { why: '检修', until: '2026-06-30T15:00:00+08:00' },
};

/** A hub on another machine. */
function openHub(answer: SubgraphResult = { data: {} }, isAuditAway = false) {
  const order: (Detail | string)[] = [];
  const port = recordHands(
    {
      name: 'hub',
      keepsDigits: true,
      execute: async () => {
        order.push('sent');
        return answer;
      },
      close: async () => undefined,
    },
    SDL,
    {
      acting: async (detail) => {
        if (isAuditAway) throw refusal('AUDIT_UNAVAILABLE');
        order.push(detail);
      },
      failed: (detail) => order.push(detail),
    },
  );
  const ask = (request: SubgraphRequest, caller = WANG): Promise<SubgraphResult> =>
    port.execute(request, { ...testContext(), caller });
  return { order, ask };
}

const BY = { by: 'idp/wang', requestId: 'test' };

describe('recordHands()', () => {
  it('records a mutation with what it says before the hub is asked', async () => {
    const { order, ask } = openHub();
    await ask(PAUSE);
    const said = { interface: 'market.case', why: '检修', until: '2026-06-30T15:00:00+08:00' };
    expect(order).toEqual([{ action: 'interface-paused', ...said, ...BY }, 'sent']);
  });

  it('records each of several, and what failed', async () => {
    const { order, ask } = openHub({ errors: [publicError('COUNTY_TIMEOUT')] });
    await ask({
      query:
        'mutation { closeBreaker(interface: "a", why: "b") { name } answerCorrection(id: "i1", accepted: true, text: "c") { id } }',
    });
    expect(order).toEqual([
      { action: 'breaker-closed', interface: 'a', why: 'b', ...BY },
      { action: 'correction-answered', id: 'i1', accepted: 'true', text: 'c', ...BY },
      'sent',
      {
        action: 'hand-failed',
        what: 'breaker-closed correction-answered',
        code: 'COUNTY_TIMEOUT',
        requestId: 'test',
      },
    ]);
  });

  it('sends nothing that cannot be recorded', async () => {
    const { order, ask } = openHub({ data: {} }, true);
    expect((await ask(PAUSE)).errors).toMatchObject([{ extensions: { code: 'AUDIT_UNAVAILABLE' } }]);
    expect(order).toEqual([]);
  });

  it('records no failure of what was done at one machine', async () => {
    const { order, ask } = openHub({ data: {}, errors: [publicError('HANDS_NOT_SHARED')] });
    await ask(PAUSE);
    expect(order).toHaveLength(2);
  });

  it('records no query, and nothing of those who may not, whom the hub refuses', async () => {
    const { order, ask } = openHub();
    await ask({ query: '{ interfaces { name } }' });
    const { hands: _, ...analyst } = WANG;
    await ask(PAUSE, analyst);
    expect(order).toEqual(['sent', 'sent']);
  });
});
