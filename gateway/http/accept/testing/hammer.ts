import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { acceptMore } from '../accept-more.js';

/** Connects again and again while more descriptors are had, and tells how many were answered. */
const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
const ROUNDS = 100;
const PER_ROUND = 20;

const server = createServer((_, response) => response.end('x'));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const stop = acceptMore(server);
const { port } = server.address() as AddressInfo;

const ask = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(REQUEST));
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => resolve(false)).on('close', () => resolve(text.startsWith('HTTP/1.1 200')));
  });

const asked: Promise<boolean>[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  asked.push(...Array.from({ length: PER_ROUND }, ask));
  await new Promise((resolve) => setTimeout(resolve, 3));
}
const answered = (await Promise.all(asked)).filter(Boolean).length;
server.close();
await stop();
process.stdout.write(JSON.stringify({ asked: asked.length, answered }));
