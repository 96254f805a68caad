import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { createOwnPort } from '../../listener/own-port.js';

/** Connects again and again while more descriptors are had, and tells how many were answered. */
const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
const ROUNDS = 100;
const PER_ROUND = 20;

const server = createServer((_, response) => response.end('x'));
const source = createOwnPort({ address: { host: '127.0.0.1', port: 0 }, acceptsMore: true });
const origin = await source.open((connection) => server.emit('connection', connection));
const port = Number(new URL(origin).port);

const connections: Promise<unknown>[] = [];
const ask = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(REQUEST));
    connections.push(once(socket, 'connect'));
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
// Not all of them are accepted by then.
await Promise.all(connections);
await source.stop();
const answered = (await Promise.all(asked)).filter(Boolean).length;
process.stdout.write(JSON.stringify({ asked: asked.length, answered }));
