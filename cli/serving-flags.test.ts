import { spawnSync } from 'node:child_process';
import { SERVING_FLAGS } from './serving-flags.js';

describe('flags of a process that serves', () => {
  it('are known to this version of Node: with one that is not, a worker would not start', () => {
    const { status, stderr } = spawnSync(process.execPath, [...SERVING_FLAGS, '--eval', ''], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
