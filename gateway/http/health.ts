import type { FastifyInstance } from 'fastify';
import type { FreshnessReader } from '../observe/source-metrics.js';

interface HealthOptions {
  /** Constructed, whether or not they answer: departments degrade one by one. */
  readonly subgraphs: readonly string[];
  readonly readFreshness: FreshnessReader;
  readonly isStopping: () => boolean;
}

/**
 * `/health/live`: the process answers. `/health/ready`: it takes requests; interfaces are listed with their
 * state, but a source that is down does not make the gateway unready.
 */
export function serveHealth(app: FastifyInstance, options: HealthOptions): void {
  app.get('/health/live', { config: { isPublic: true } }, () => ({ status: 'ok' }));
  app.get('/health/ready', { config: { permission: 'health' } }, async (_, reply) => {
    const stopping = options.isStopping();
    const interfaces = await options.readFreshness();
    return reply.code(stopping ? 503 : 200).send({
      status: stopping ? 'stopping' : 'ready',
      subgraphs: options.subgraphs,
      interfaces: interfaces.map(({ interface: name, department, state, asOf, reason }) => ({
        interface: name,
        department,
        state,
        asOf,
        reason,
      })),
    });
  });
}
