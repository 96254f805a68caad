import { stateFolder } from './state-folder.js';

describe('stateFolder()', () => {
  it('is var/ of the project unless STATE_DIRECTORY names another', () => {
    expect(stateFolder('/opt/graph', {})).toBe('/opt/graph/var');
    expect(stateFolder('/opt/graph', { STATE_DIRECTORY: '' })).toBe('/opt/graph/var');
    expect(stateFolder('/opt/graph', { STATE_DIRECTORY: '/var/lib/graph' })).toBe('/var/lib/graph');
  });

  it.each(['state', './state', '/var/lib/a:/var/lib/b'])('refuses %j', (given) => {
    expect(() => stateFolder('/opt/graph', { STATE_DIRECTORY: given })).toThrow(
      'STATE_DIRECTORY must be one absolute path',
    );
  });
});
