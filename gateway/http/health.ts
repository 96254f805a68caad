import type { FastifyInstance } from 'fastify';
import type { FreshnessReader } from '../observe/source-metrics.js';
import type { ServingState } from './listener/ending.js';

interface HealthOptions {
  /** Constructed, whether or not they answer: departments degrade one by one. */
  readonly subgraphs: readonly string[];
  readonly readFreshness: FreshnessReader;
  readonly state: () => ServingState;
}

/**
 * `/health/live`: the process answers. `/health/ready`: it takes requests; interfaces are listed with their
 * state, but a source that is down does not make the gateway unready.
 */
export function serveHealth(app: FastifyInstance, options: HealthOptions): void {
  app.get('/health/live', { config: { isPublic: true } }, () => ({ status: 'ok' }));
  app.get('/health/ready', { config: { permission: 'health' } }, async (_, reply) => {
    const isServing = options.state() === 'serving';
    const interfaces = await options.readFreshness();
    return reply.code(isServing ? 200 : 503).send({
      status: isServing ? 'ready' : 'stopping',
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
