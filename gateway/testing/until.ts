import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what must happen, however busy the machine is: a test that waits in vain ends by its own time limit. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(5);
}
