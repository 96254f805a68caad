import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseClosedSeasons } from './parse-closed-seasons.js';

const ROOT = join(import.meta.dirname, '../../..');
const FILE = 'schema/closed-seasons.yaml';
const TEXT = readFileSync(join(ROOT, FILE), 'utf8');
const [, VALUES = ''] =
  /enum FishingGear \{([^}]*)\}/.exec(readFileSync(join(ROOT, 'schema/canonical.graphql'), 'utf8')) ?? [];
const GEARS = VALUES.match(/^ {2}[A-Z_]+$/gm)?.map((line) => line.trim()) ?? [];

describe('parseClosedSeasons()', () => {
  it.each([
    // From noon on, until noon.
    ['TRAWL', '2026-05-01T11:59:59+08:00', false],
    ['TRAWL', '2026-05-01T12:00:00+08:00', true],
    ['TRAWL', '2026-09-16T11:59:59+08:00', true],
    ['TRAWL', '2026-09-16T12:00:00+08:00', false],
    // Four kinds of gear were let out in August until the notice of 2023.
    ['GILL_NET', '2022-07-31T23:00:00+08:00', true],
    ['GILL_NET', '2022-08-01T12:00:00+08:00', false],
    ['GILL_NET', '2023-08-01T12:00:00+08:00', true],
    ['HOOK_AND_LINE', '2026-06-01T08:00:00+08:00', false],
    ['UNKNOWN', '2026-06-01T08:00:00+08:00', null],
    ['TRAWL', '2020-06-01T08:00:00+08:00', null],
    ['TRAWL', '2027-06-01T08:00:00+08:00', null],
  ])('tells whether %s is closed at %s: %s', (gear, moment, expected) => {
    expect(parseClosedSeasons(TEXT, FILE, GEARS).isClosed(gear, moment)).toBe(expected);
  });

  it('knows every gear but the unknown in every year', () => {
    const { isClosed } = parseClosedSeasons(TEXT, FILE, GEARS);
    const years = ['2021', '2022', '2023', '2024', '2025', '2026'];
    const untold = years.flatMap((year) =>
      GEARS.filter((gear) => isClosed(gear, `${year}-06-01T00:00:00+08:00`) === null),
    );
    expect([...new Set(untold)]).toEqual(['UNKNOWN']);
    expect(GEARS.length).toBeGreaterThan(10);
  });

  it.each([
    ['a day that does not exist', '05-01T12', '04-31T12', /closed-seasons\.yaml:\d+:\d+: .*04-31T12/],
    ['an hour that does not exist', '05-01T12', '05-01T24', /such as 05-01T12/],
    ['a gear that is none', '[TRAWL, SEINE', '[TRALW, SEINE', /TRALW 不是 FishingGear 的值/],
    ['a gear that stands twice', '[HOOK_AND_LINE]', '[TRAWL]', /TRAWL 在同一年度出现两次/],
    ['a year that stands twice', 'years: [2026]', 'years: [2025]', /2025 年出现两次/],
    ['a season turned round', 'until: 08-01T12', 'until: 04-01T12', /must begin before its end/],
    ['a fact without a source', '        source: 桁杆拖虾、笼壶类、刺网和灯光围（敷）网\n', '', /source/],
    ['an unknown key', 'area:', 'aera:', /did you mean "area"/],
  ])('refuses %s, with its place', (_what, right, wrong, message) => {
    expect(TEXT).toContain(right);
    expect(() => parseClosedSeasons(TEXT.replace(right, wrong), FILE, GEARS)).toThrow(message);
  });
});
