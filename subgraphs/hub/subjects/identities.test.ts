import { createArrayRegistry } from '../testing/array-registry.js';
import { testContext } from '../testing/open-test-hub.js';
import { createIdentities } from './identities.js';

const refsOf = (from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `uscc:${from + index}`);

describe('createIdentities()', () => {
  it('asks the registry for each ref once a request, whoever else asks, and for those of several lists together', async () => {
    const registry = createArrayRegistry([]);
    const identities = createIdentities(registry);
    const context = testContext();
    const lists = [refsOf(0, 3), refsOf(2, 3), ['uscc:1', 'no ref']];
    const found = await Promise.all(lists.map((list) => identities.resolve(list, context)));
    await identities.resolve(refsOf(0, 6), context);
    expect(registry.resolved.map((refs) => [...refs].sort())).toEqual([
      ['no ref', ...refsOf(0, 5)],
      ['uscc:5'],
    ]);
    expect(found.map(({ byRef }) => [...byRef.keys()])).toEqual([refsOf(0, 3), refsOf(2, 3), ['uscc:1']]);
    await identities.resolve(['uscc:0'], testContext());
    expect(registry.resolved).toHaveLength(3);
  });

  it('asks in parts of two thousand, and gives all of them', async () => {
    const registry = createArrayRegistry([]);
    const { byRef, failure } = await createIdentities(registry).resolve(refsOf(0, 4500), testContext());
    expect(registry.resolved.map(({ length }) => length)).toEqual([2000, 2000, 500]);
    expect([byRef.size, failure]).toEqual([4500, null]);
  });

  it('tells a registry that does not answer to all who asked', async () => {
    const registry = createArrayRegistry([]);
    registry.down = true;
    const identities = createIdentities(registry);
    const context = testContext();
    const answers = await Promise.all(
      [refsOf(0, 2), refsOf(1, 2)].map((list) => identities.resolve(list, context)),
    );
    expect(answers.map(({ byRef, failure }) => [byRef.size, failure?.state])).toEqual([
      [0, 'MISSING'],
      [0, 'MISSING'],
    ]);
  });
});
