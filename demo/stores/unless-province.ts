import type { World } from '../world/world.js';

/**
 * Checks and cases of a system that holds none at `province` size, where the province's own systems hold them all
 * (`systemOfInspections`): millions need not be walked to find that out.
 */
export function* unlessProvince<T>({ size }: World, rows: () => Iterable<T>): Generator<T> {
  if (size !== 'province') yield* rows();
}
