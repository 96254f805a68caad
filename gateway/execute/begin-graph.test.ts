import { composeGraph } from '../testing/open-graph.js';
import { createGraphs } from './begin-graph.js';

const graph = (field: string): string => composeGraph({ shop: { sdl: `type Query { ${field}: String }` } });
const job = (field: string) => ({ document: `{ ${field} }` });
const CROWD = { isGone: false, onGone: () => undefined, drop: () => undefined };

describe('createGraphs()', () => {
  it('opens a supergraph once for all who serve it at a time, until the last of them closes it', async () => {
    const begin = createGraphs();
    const [first, second, other] = [
      begin(() => graph('a')),
      begin(() => graph('a')),
      begin(() => graph('b')),
    ];
    const opened = await Promise.all([first.opened, second.opened, other.opened]);
    const [one, two, three] = opened.map(({ supergraph }) => supergraph);
    expect(one?.kept).toBe(two?.kept);
    expect(three?.kept).not.toBe(two?.kept);
    await first.close();
    await one?.planners.close();
    await expect(two?.planners.plan(job('a'), CROWD)).resolves.toHaveProperty('plan.node');
    await second.close();
    await expect(two?.planners.plan(job('a'), CROWD)).rejects.toThrow();
    await other.close();
    const again = begin(() => graph('a'));
    expect((await again.opened).supergraph.kept).not.toBe(one?.kept);
    await again.close();
  });

  it('tells each what speaks against it, and tries it again', async () => {
    const begin = createGraphs();
    const broken = 'type Query { a: String }';
    await expect(begin(() => broken).opened).rejects.toThrow();
    await expect(begin(() => broken).opened).rejects.toThrow();
    await expect(
      begin(() => {
        throw new Error('no file');
      }).opened,
    ).rejects.toThrow('no file');
    const good = begin(() => graph('a'));
    await expect(good.opened).resolves.toBeDefined();
    await good.close();
  });
});
