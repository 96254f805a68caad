import type { RequestMetrics } from '../../gateway/observe/request-metrics.js';

/** Reads what is to serve next, and counts it where it is refused before a gateway has seen it. */
export async function countRefused<T>(
  metrics: Pick<RequestMetrics, 'graph'>,
  read: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  try {
    return await read();
  } catch (error) {
    metrics.graph({ outcome: 'refused', tookMs: performance.now() - began, error });
    throw error;
  }
}
