import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../../runtime/project-root.js';
import { MappingError } from '../../../runtime/yaml/problem.js';
import { parseTownships } from '../../values/places/townships.js';
import { parseAreas } from './areas.js';
import { parseRoutingFacts } from './routing-facts.js';

const read = (file: string): string => readFileSync(join(findProjectRoot(), 'schema', file), 'utf8');
const TEXT = read('areas.geojson');
const FACTS = parseRoutingFacts(read('routing.yaml'), 'schema/routing.yaml');

function parse(text: string) {
  const parsed = parseTownships(read('codes/county/townships.yaml'), 'townships.yaml');
  if (parsed.kind === 'problems') throw new MappingError(parsed.problems);
  return {
    areas: parseAreas(text, 'schema/areas.geojson', parsed.townships, FACTS),
    townships: parsed.townships,
  };
}

describe('parseAreas()', () => {
  it('reads the county’s outlines: every township and every sea area has one', () => {
    const { areas, townships } = parse(TEXT);
    expect(new Set(areas.flatMap(({ township }) => township ?? []))).toEqual(
      new Set(townships.list.map(({ code }) => code)),
    );
    expect(new Set(areas.flatMap(({ seaArea }) => seaArea ?? []))).toEqual(
      new Set(FACTS.seaAreas.map(({ name }) => name)),
    );
  });

  it.each([
    ['a township that is not the county’s', '"330922201"', '"330921201"', 'unknown-area'],
    ['a sea area that no fact names', '"seaArea": "152"', '"seaArea": "153"', 'unknown-area'],
    ['both', '"seaArea": "152"', '"seaArea": "152", "township": "330922100"', 'unknown-area'],
    ['no source', '"source":', '"sources":', 'unknown-key'],
    ['degrees that are none', '122.405', '222.405', null],
    ['a line in place of an area', '"Polygon"', '"LineString"', null],
    ['no JSON', '"features": [', '"features": [[', null],
  ])('refuses %s, with its place', (_what, from, to, rule) => {
    expect(TEXT).toContain(from);
    const problems = (() => {
      try {
        parse(TEXT.replace(from, to));
        return [];
      } catch (error) {
        if (error instanceof MappingError) return error.problems;
        throw error;
      }
    })();
    expect(problems.length).toBeGreaterThan(0);
    const [first] = problems;
    expect(first?.place.file).toBe('schema/areas.geojson');
    expect(first?.place.line).toBeGreaterThan(3);
    if (rule !== null) expect(problems.map((one) => one.rule)).toContain(rule);
  });
});
