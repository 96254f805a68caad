import { OperationTypeNode } from 'graphql';
import { RequestTrail } from '../../runtime/call/request-trail.js';
import { systemClock } from '../../runtime/clock.js';
import type { RequestEvent } from './gateway-observer.js';
import { createRequestBook } from './request-book.js';

const everybody = (): boolean => true;

function eventOf(requestId: string, given: Partial<RequestEvent> = {}): RequestEvent {
  return {
    requestId,
    operationName: 'Mine',
    registeredName: null,
    operationType: OperationTypeNode.QUERY,
    outcome: 'ok',
    tookMs: 5,
    errorCodes: [],
    caller: 'issuer/li',
    role: 'analyst',
    missing: [],
    cost: 3,
    ...given,
  };
}

/** As large as the largest usual answers. */
function trailOf(interfaces: number): RequestTrail {
  const trail = new RequestTrail();
  for (let index = 0; index < interfaces; index += 1) {
    trail.call(performance.now(), {
      interface: `market.list-${index}`,
      operation: 'read',
      origin: 'SOURCE',
      rows: 10,
      outcome: 'ok',
      retries: 0,
    });
  }
  trail.step('hub', performance.now(), 4, 'ok');
  trail.answer = {
    documentHash: 'abc',
    level: 'L2',
    masks: ['Subject.phone'],
    coverage: Array.from({ length: interfaces }, (_, index) => ({
      interface: `market.list-${index}`,
      state: 'LIVE',
      asOf: null,
      reason: null,
    })),
  };
  return trail;
}

describe('createRequestBook()', () => {
  it('tells how a request went', () => {
    const book = createRequestBook(systemClock);
    book.note(
      eventOf('r1', { outcome: 'partial', errorCodes: ['FORBIDDEN', 'FORBIDDEN'], trail: trailOf(1) }),
    );
    expect(book.find('r1', everybody)).toMatchObject({
      id: 'r1',
      caller: 'issuer/li',
      outcome: 'PARTIAL',
      errors: ['FORBIDDEN'],
      documentHash: 'abc',
      masks: ['Subject.phone'],
      steps: [{ subgraph: 'hub', tookMs: 4, outcome: 'ok' }],
      calls: [{ interface: 'market.list-0', origin: 'SOURCE', rows: 10 }],
      coverage: [{ interface: 'market.list-0', state: 'LIVE' }],
    });
  });

  it('tells nobody of another one’s request, though both chose the same id', () => {
    const book = createRequestBook(systemClock);
    book.note(eventOf('same'));
    book.note(eventOf('same', { caller: 'issuer/wang', operationName: 'His' }));
    expect(book.find('same', (caller) => caller === 'issuer/li')?.operation).toBe('Mine');
    expect(book.find('same', (caller) => caller === 'issuer/wang')?.operation).toBe('His');
    expect(book.find('same', (caller) => caller === 'issuer/zhao')).toBeNull();
  });

  it('forgets the oldest beyond its bytes, and what failed or was slow later than what was usual', () => {
    const book = createRequestBook(systemClock);
    book.note(eventOf('usual'));
    book.note(eventOf('failed', { outcome: 'failed', errorCodes: ['INTERNAL'] }));
    book.note(eventOf('slow', { tookMs: 2000 }));
    for (let index = 0; index < 4000; index += 1) book.note(eventOf(`r${index}`, { trail: trailOf(60) }));
    const every = 100;
    const kept = Array.from(
      { length: 4000 / every },
      (_, index) => book.find(`r${(index + 1) * every - 1}`, everybody) !== null,
    );
    expect(kept.filter(Boolean).length * every).toBeGreaterThan(300);
    expect(kept.filter(Boolean).length * every).toBeLessThan(1500);
    expect(kept[0]).toBe(false);
    expect(kept.at(-1)).toBe(true);
    expect(book.find('usual', everybody)).toBeNull();
    expect(book.find('failed', everybody)?.outcome).toBe('FAILED');
    expect(book.find('slow', everybody)).not.toBeNull();
  });
});
