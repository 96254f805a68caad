import { generateWorld } from '../../world/generate-world.js';
import { staffOf } from '../../world/people/make-staff.js';
import { TEAMS } from '../../world/people/teams.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { decodedRows } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { workingUnitOf } from './officer-table.js';
import { peopleStore } from './people.js';
import { strengthOf } from './team-table.js';

describe.each([1, 2, 3, 4, 5])('peopleStore() after the mappings, seed %i', (seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = peopleStore(world);

  it('holds everybody exactly once, as the world knows them', () => {
    const rows = decodedRows(store, 'people/officer.yaml');
    const facts = staffOf(world).map((member) => ({
      department: member.department,
      name: member.name,
      certNo: member.certNo,
      certValidTo: member.certValidTo,
      establishmentUnit: institutionOf(member.department).name,
      workingUnit: workingUnitOf(member),
      team: member.team,
      township: member.township,
      legalQualified: member.legalQualified,
      legalReviewer: member.legalReviewer,
      state: member.state,
    }));
    expect(rows.map((row) => rowFacts(row, facts[0] ?? {}))).toEqual(facts);
    const flagged = rows.flatMap(({ quality }) => quality);
    expect(flagged.filter((flag) => !/^(NULL_WORD:certNo|TOWNSHIP_\w+:township)$/.test(flag))).toEqual([]);
    expect(flagged).toContain('NULL_WORD:certNo');
  });

  it('holds every team, with the people on duty in it', () => {
    const staff = staffOf(world);
    const facts = TEAMS.map((team) => ({
      department: team.department,
      code: team.code,
      name: team.name,
      kind: team.kind,
      township: team.township,
      coverage: [...team.coverage],
      plates: [...team.plates],
      ...strengthOf(team, staff, world.today),
      vehicles: team.vehicles,
      vessels: team.vessels,
      policeStation: team.policeStation,
    }));
    const rows = decodedRows(store, 'people/team.yaml');
    expect(rows.map((row) => rowFacts(row, facts[0] ?? {}))).toEqual(facts);
    expect(rows.flatMap(({ quality }) => quality)).toEqual([]);
  });

  it('fits its columns', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

it('has the ten teams of "1+8+1", and squads for every township', () => {
  const ten = TEAMS.filter(({ kind }) => ['COMPREHENSIVE', 'PROFESSIONAL', 'MARINE'].includes(kind));
  expect(ten).toHaveLength(10);
  const squads = TEAMS.filter(({ kind }) => kind === 'DISPATCHED' || kind === 'TOWNSHIP');
  expect(squads.flatMap(({ coverage }) => coverage).sort()).toEqual([
    '330922100',
    '330922101',
    '330922102',
    '330922200',
    '330922201',
    '330922202',
    '330922203',
  ]);
});
