/** Variable in the environment of processes that a keeper has started. */
export const WORKER_MARK = 'ENFORCEMENT_GRAPH_WORKER';

/** Whether a keeper has started this process. It forgets it, so that what it starts itself is no worker. */
export function takeWorkerMark(): boolean {
  const isWorker = process.env[WORKER_MARK] !== undefined && process.connected;
  delete process.env[WORKER_MARK];
  return isWorker;
}
