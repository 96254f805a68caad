import { until } from '../../gateway/testing/until.js';
import { createRegistry, type Registry } from './registry.js';
import type { ArrayRow } from './testing/array-feed.js';
import { makeContext, type OpenedRegistry, openRegistry, PERSON_KEY } from './testing/open-registry.js';

const FIRM = 'uscc:91330922MA28K00156';
const OTHER = 'uscc:91330922MA28K00235';

const register = (...rows: readonly ArrayRow[]) =>
  ({ name: 'market.registration', kind: 'Subject', rows, marks: true }) as const;
const firm = (ref: string, name: string, changed: number): ArrayRow => ({
  key: ref,
  refs: [ref],
  values: { name },
  changed,
});

let kept: OpenedRegistry;
let following: Registry;
let asked: number;

beforeEach(async () => {
  kept = await openRegistry([register(firm(FIRM, '甲公司', 1))]);
  asked = 0;
  following = createRegistry({
    feeds: [kept.feed],
    file: kept.file,
    personKey: PERSON_KEY,
    buildElsewhere: async () => {
      asked += 1;
    },
  });
});
afterEach(async () => {
  await following.close();
  await kept.close();
});

async function nameOf(registry: Registry, ref: string): Promise<string | null> {
  return (await registry.resolve([ref], makeContext())).get(ref)?.name ?? null;
}

describe('a registry that follows another one on the same file', () => {
  it('answers from the file, and reads no feed', async () => {
    const before = kept.feed.pagesRead;
    await following.build();
    await following.renew();
    expect(await nameOf(following, FIRM)).toBe('甲公司');
    expect([kept.feed.pagesRead, asked]).toEqual([before, 0]);
  });

  it('knows what is added to the index, and the index that takes its place', async () => {
    expect(await nameOf(following, OTHER)).not.toBe('乙公司');
    kept.feed.hold([register(firm(FIRM, '甲公司', 1), firm(OTHER, '乙公司', 2))]);
    await kept.registry.renew();
    await until(async () => (await nameOf(following, OTHER)) === '乙公司');
    kept.feed.hold([register(firm(OTHER, '丙公司', 3))]);
    await kept.registry.refresh();
    await until(async () => (await nameOf(following, OTHER)) === '丙公司');
    expect(following.asOf()).toBe(kept.registry.asOf());
  });

  it('leaves the index to be written while it answers', async () => {
    for (let changed = 2; changed < 6; changed += 1) {
      kept.feed.hold([register(firm(FIRM, `甲公司${changed}`, changed), firm(OTHER, '乙公司', changed))]);
      await Promise.all([kept.registry.refresh(), nameOf(following, FIRM), nameOf(following, OTHER)]);
      await until(async () => (await nameOf(following, FIRM)) === `甲公司${changed}`);
    }
  });

  it('waits for the first index, and builds none', async () => {
    const missing = createRegistry({
      feeds: [kept.feed],
      file: `${kept.file}.next`,
      personKey: PERSON_KEY,
      buildElsewhere: async () => {
        const other = createRegistry({
          feeds: [kept.feed],
          file: `${kept.file}.next`,
          personKey: PERSON_KEY,
        });
        await other.build();
        await other.close();
      },
    });
    expect(await nameOf(missing, FIRM)).toBe('甲公司');
    await missing.close();
  });
});
