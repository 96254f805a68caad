import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { SECRET_MARK } from '../../demo/stores/emergency/secrets.js';
import { accidentsOf } from '../../demo/world/emergency/accidents.js';
import { hazardsOf } from '../../demo/world/emergency/hazards.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';

let county: StoredCounty;
let snapshotFolder: string;

beforeAll(async () => {
  snapshotFolder = mkdtempSync(join(tmpdir(), 'eg-secrets-'));
  county = await openSqliteCounty({ seed: 6, size: 'tiny' }, { snapshotFolder });
}, 120_000);
afterAll(async () => {
  await county?.close();
  rmSync(snapshotFolder, { recursive: true, force: true });
});

const EVERYTHING = `{
  subjects(where: { kind: [ORGANISATION, INDIVIDUAL_BUSINESS] }, first: 100) {
    nodes { name emergency {
      accidents { happenedOn place kind cause deaths injuries loss progress firmName township quality }
      hazards { level state foundOn closedOn quality }
    } }
  }
  licences(where: { type: [HAZARDOUS_CHEMICALS] }, first: 100) {
    totalCount
    nodes { number quality hazchem { firmName scope issuedAt enteredAt unitType tradeMode storageAddress } }
  }
  inspections(where: { department: [EMERGENCY] }, first: 100) {
    nodes { number rawResult quality emergency { unitName hazardsFound hazardsRectified recheckOn } }
  }
}`;

interface Everything {
  readonly subjects: {
    readonly nodes: readonly {
      readonly emergency: { readonly accidents: unknown[] | null; readonly hazards: unknown[] | null } | null;
    }[];
  };
  readonly licences: { readonly totalCount: number };
}

/** What the emergency bureau holds of major hazard sources, and what a hazard is (domain §3.8). */
describe('what is secret', () => {
  it('stands in no answer, though everything else does', async () => {
    const { data, errors } = await county.ask(EVERYTHING);
    expect(errors).toBeUndefined();
    const { subjects, licences } = data as unknown as Everything;
    const found = subjects.nodes.map(({ emergency }) => emergency);
    const count = (rows: readonly (unknown[] | null | undefined)[]) =>
      rows.flatMap((row) => row ?? []).length;
    const { world } = county;
    expect(count(found.map((facet) => facet?.hazards))).toBe(hazardsOf(world).length);
    expect(count(found.map((facet) => facet?.accidents))).toBeGreaterThan(accidentsOf(world).length / 2);
    expect(licences.totalCount).toBe(
      world.licences.filter(({ type }) => type === 'HAZARDOUS_CHEMICALS').length,
    );
    expect(JSON.stringify(data)).not.toContain(SECRET_MARK);
  });

  it('has no field in the SDL', () => {
    const sdl = readFileSync(join(findProjectRoot(), 'schema', 'api.graphql'), 'utf8');
    const fields = parse(sdl).definitions.flatMap((type) =>
      type.kind === 'ObjectTypeDefinition' && type.name.value === 'MajorHazard'
        ? (type.fields ?? []).map(({ name }) => name.value)
        : [],
    );
    expect(fields).toEqual(['level', 'state', 'foundOn', 'closedOn', 'quality']);
  });

  it('is kept in no snapshot, though the rows are', () => {
    const kept = readdirSync(snapshotFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    const holds = (text: string): boolean => kept.some((bytes) => bytes.includes(text));
    expect(holds('安经字')).toBe(true);
    expect(holds(SECRET_MARK)).toBe(false);
    expect(holds('液氨储罐区')).toBe(false);
  });
});
