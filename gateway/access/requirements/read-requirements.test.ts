import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { loadSupergraph } from '../../plan/supergraph.js';
import { readRequirements } from './read-requirements.js';

const LINK = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", ${imports}])`;

function compose(...subgraphs: readonly string[]): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map((sdl, place) => ({ name: `s${place}`, url: `http://s${place}`, typeDefs: parse(sdl) })),
  );
  if (supergraphSdl === undefined) throw new Error(String(errors));
  return supergraphSdl;
}

const PLAIN = compose(`${LINK('"@tag", "@authenticated", "@requiresScopes", "@policy"')}
  type Query { me: User @authenticated find(where: Where, by: By): [User] }
  type User @key(fields: "id") { id: ID! name: String @tag(name: "L2") @tag(name: "other") age: Int @requiresScopes(scopes: [["a", "b"], ["c"]]) note: String @policy(policies: [["p"]]) }
  input Where { name: String @tag(name: "L2") }
  enum By { ID NAME @tag(name: "L2") }
  enum Colour @authenticated { RED }
  extend type User { colour: Colour }`);

describe('readRequirements()', () => {
  it('reads levels and what is demanded, by coordinate', () => {
    const { requirements } = readRequirements(PLAIN);
    expect(requirements.get('Query.me')).toMatchObject({ authenticated: true, level: 'L1' });
    expect(requirements.get('User.name')).toMatchObject({ level: 'L2', authenticated: false });
    expect(requirements.get('Where.name')).toMatchObject({ level: 'L2' });
    expect(requirements.get('By.NAME')).toMatchObject({ level: 'L2' });
    expect(requirements.get('User.age')?.scopes).toEqual([[['a', 'b'], ['c']]]);
    expect(requirements.get('User.note')?.policies).toEqual([[['p']]]);
    expect(requirements.get('Colour')).toMatchObject({ authenticated: true });
    expect(requirements.has('User.id')).toBe(false);
  });

  it('gives the planner a supergraph that it loads, with everything else in it', async () => {
    const { sdl } = readRequirements(PLAIN);
    expect(sdl).not.toMatch(/authenticated|requiresScopes|policy/i);
    const loaded = await loadSupergraph(sdl, { budget: { timeMs: 5000, heapMb: 256 }, threads: 1 });
    expect(Object.keys(loaded.apiSchema.getTypeMap())).toEqual(
      expect.arrayContaining(['User', 'Where', 'Colour']),
    );
    await loaded.planners.close();
  }, 30_000);

  it('reads directives under the names that the graph gives them', () => {
    const renamed = compose(
      `${LINK('{ name: "@tag", as: "@mark" }, { name: "@authenticated", as: "@known" }, { name: "@requiresScopes", as: "@needs" }, { name: "@policy", as: "@rule" }')}
      type Query { a: Int @known b: Int @needs(scopes: [["s"]]) c: Int @rule(policies: [["p"]]) d: Int @mark(name: "L3") }`,
    );
    const { requirements, sdl } = readRequirements(renamed);
    expect(requirements.get('Query.a')?.authenticated).toBe(true);
    expect(requirements.get('Query.b')?.scopes).toEqual([[['s']]]);
    expect(requirements.get('Query.c')?.policies).toEqual([[['p']]]);
    expect(requirements.get('Query.d')?.level).toBe('L3');
    expect(sdl).not.toMatch(/@known|@needs|@rule|requiresScopes__Scope/);
  });

  it('takes what two subgraphs demand of one field for both', () => {
    const field = (scope: string): string =>
      `${LINK('"@requiresScopes"')} type Query { a: Int @shareable @requiresScopes(scopes: [["${scope}"]]) }`;
    const { requirements } = readRequirements(compose(field('x'), field('y')));
    const sets = requirements.get('Query.a')?.scopes ?? [];
    const passes = (...held: string[]): boolean =>
      sets.every((one) => one.some((set) => set.every((scope) => held.includes(scope))));
    expect([passes('x'), passes('y'), passes('x', 'y')]).toEqual([false, false, true]);
  });

  it('changes nothing of a supergraph without security', () => {
    const plain = compose('type Query { a: Int }');
    expect(readRequirements(plain)).toEqual({ sdl: plain, requirements: new Map() });
  });

  it.each([
    ['another version', (sdl: string) => sdl.replace('policy/v0.1', 'policy/v9.0'), /policy\/v9\.0/],
    [
      'scopes that are no lists of texts',
      (sdl: string) => sdl.replace('[["a", "b"], ["c"]]', '[[A]]'),
      /@requiresScopes at User\.age/,
    ],
  ])('refuses %s', (_what, change, words) => {
    const changed = change(PLAIN);
    expect(changed).not.toBe(PLAIN);
    expect(() => readRequirements(changed)).toThrow(words);
  });
});
