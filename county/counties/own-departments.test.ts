import { findProjectRoot } from '../../runtime/project-root.js';
import { MappingError } from '../../runtime/yaml/problem.js';
import { readCounty } from '../read-county.js';
import { setAsideOthers } from './own-departments.js';

describe('setAsideOthers()', () => {
  const { subgraphs } = readCounty(findProjectRoot(), () => null);

  it('keeps the mappings of what is own, and of nothing else', () => {
    const served = setAsideOthers(subgraphs, ['market']).filter(
      ({ department }) => (department?.mappings.length ?? 0) > 0,
    );
    expect(served.map(({ name }) => name)).toEqual(['market']);
  });

  it('keeps all where nothing is said', () => {
    expect(setAsideOthers(subgraphs, null)).toEqual(subgraphs);
  });

  it.each([['markt'], ['hub']])('refuses %s, which is no department', (name) => {
    const read = (): unknown => setAsideOthers(subgraphs, [name]);
    expect(read).toThrow(MappingError);
    expect(read).toThrow(JSON.stringify(name));
  });
});
