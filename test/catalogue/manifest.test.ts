import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';

interface Catalogued {
  readonly name: string;
  readonly fields: readonly string[];
  readonly catalogue: {
    readonly share: string;
    readonly conditions: string | null;
    readonly basis: string;
    readonly updatesEverySeconds: number | null;
    readonly level: string;
    readonly fields: readonly { readonly name: string; readonly title: string; readonly level: string }[];
    readonly withheld: readonly { readonly columns: readonly string[]; readonly level: string }[];
  } | null;
}

const QUERY = `{
  interfaces {
    name
    fields
    catalogue {
      share conditions basis updatesEverySeconds level
      fields { name title level }
      withheld { columns level basis reason }
    }
  }
}`;

describe('the catalogue of government data', () => {
  let county: StoredCounty;
  let interfaces: readonly Catalogued[];
  beforeAll(async () => {
    county = await openSqliteCounty({ seed: 5, size: 'tiny' });
    const { data, errors } = await county.ask(QUERY);
    expect(errors).toBeUndefined();
    ({ interfaces } = data as unknown as { readonly interfaces: readonly Catalogued[] });
  }, 120_000);
  afterAll(() => county?.close());

  it('has an entry for every interface, with terms, basis and how often it is updated', () => {
    expect(interfaces.length).toBeGreaterThan(60);
    const ofRegistry = ['registry.legal-person', 'registry.number-crosswalk', 'registry.pripid-crosswalk'];
    expect(interfaces.map(({ name }) => name)).toEqual(expect.arrayContaining(ofRegistry));
    for (const { name, catalogue } of interfaces) {
      expect({ name, entry: catalogue !== null }).toEqual({ name, entry: true });
      expect(catalogue?.basis).toMatch(/./);
      expect({ name, every: (catalogue?.updatesEverySeconds ?? 0) > 0 }).toEqual({ name, every: true });
      expect(catalogue?.conditions !== null).toBe(catalogue?.share === 'CONDITIONAL');
    }
  });

  it('levels every field, none of them secret, and names it in Chinese', () => {
    const fields = interfaces.flatMap(({ name, catalogue }) =>
      (catalogue?.fields ?? []).map((field) => ({ interface: name, ...field })),
    );
    expect(new Set(fields.map(({ level }) => level))).toEqual(new Set(['L1', 'L2', 'L3']));
    expect(fields.filter(({ title }) => !/\p{Script=Han}/u.test(title))).toEqual([]);
    const ticket = interfaces.find(({ name }) => name === 'hotline.ticket')?.catalogue;
    expect(ticket?.level).toBe('L3');
    expect(ticket?.fields).toContainEqual({
      name: 'content',
      title: '反映内容，电话与证件号码已隐去',
      level: 'L3',
    });
  });

  it('names what is withheld, which the graph has no field for', () => {
    const hazards = interfaces.find(({ name }) => name === 'emergency.major-hazard')?.catalogue;
    expect(hazards?.withheld).toMatchObject([
      { columns: ['czzdaqyhnr', 'rdyj', 'zdwxymc', 'zdwxydj', 'zdwxywz'], level: 'L4' },
    ]);
    const api = readFileSync(join(findProjectRoot(), 'schema/api.graphql'), 'utf8');
    const hazard = /type MajorHazard \{[^}]*\}/.exec(api)?.[0] ?? '';
    expect(hazard.match(/^ {2}\w+(?=[:(])/gm)?.map((field) => field.trim())).toEqual([
      'level',
      'state',
      'foundOn',
      'closedOn',
      'quality',
    ]);
  });
});
