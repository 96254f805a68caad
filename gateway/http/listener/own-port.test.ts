import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createOwnPort } from './own-port.js';

const MANY = 60;

/** The system accepts them for this process while that does something else. */
async function connectMany(origin: string): Promise<readonly Socket[]> {
  const { hostname, port } = new URL(origin);
  const callers = Array.from({ length: MANY }, () => connect(Number(port), hostname));
  await Promise.all(callers.map((caller) => once(caller, 'connect')));
  return callers;
}

describe('createOwnPort()', () => {
  it('gives whoever has connected before it stops', async () => {
    const taken: Socket[] = [];
    const port = createOwnPort({ address: { host: '127.0.0.1', port: 0 }, acceptsMore: false });
    const origin = await port.open((connection) => taken.push(connection));
    const callers = await connectMany(origin);
    const before = taken.length;
    await port.stop();
    expect(before).toBeLessThan(MANY);
    expect(taken).toHaveLength(MANY);
    for (const one of [...callers, ...taken]) one.destroy();
    await expect(connectMany(origin)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
