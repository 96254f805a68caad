import type { FastifyInstance } from 'fastify';
import type { ListenAddress } from '../../runtime/listen-address.js';
import { addressFailure } from './require-address.js';

/** @returns where it listens: `http://127.0.0.1:4103`. @throws {CommandFailure} when the address cannot be had. */
export async function listenOn(
  app: Pick<FastifyInstance, 'listen'>,
  { host, port }: ListenAddress,
): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    throw addressFailure(error, { host, port }) ?? error;
  }
}
