import { operationOf } from '../../plan/fetch-operation.js';
import { batchGroups } from './batch-groups.js';
import type { PlannedGroup } from './planned-groups.js';

const operation = operationOf({ operation: '{ _entities { __typename } }' });

/** A group of entities. */
function group(serviceName: string, level: number, waitsFor: readonly number[] = []): PlannedGroup {
  const fetch = { kind: 'Fetch', serviceName, operation: '' } as const;
  return { fetch, operation, isOfEntities: true, path: [], waitsFor, level, writes: new Map() };
}

const root: PlannedGroup = { ...group('a', 0), isOfEntities: false };

describe('batchGroups()', () => {
  it('makes one request of groups of one subgraph and level', () => {
    const groups = [root, group('b', 1, [0]), group('c', 1, [0]), group('b', 1, [0]), group('b', 2, [2])];
    const more = [...groups, group('d', 3, [1, 3])];
    expect(batchGroups(more, { batches: true })).toEqual([[0], [1, 3], [2], [4], [5]]);
    expect(batchGroups(more, { batches: false })).toEqual([[0], [1], [2], [3], [4], [5]]);
  });

  it('lets groups that nothing waits for go with the next request to their subgraph', () => {
    const groups = [root, group('b', 1, [0]), group('c', 1, [0]), group('b', 2, [2])];
    expect(batchGroups(groups, { batches: true })).toEqual([[0], [1, 3], [2]]);
  });

  it('never lets a group wait that another one waits for', () => {
    const groups = [root, group('b', 1, [0]), group('c', 2, [1]), group('b', 3, [2])];
    expect(batchGroups(groups, { batches: true })).toEqual([[0], [1], [2], [3]]);
  });
});
