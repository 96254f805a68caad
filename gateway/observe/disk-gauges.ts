import { statfs } from 'node:fs/promises';
import { Gauge, type Registry } from 'prom-client';

/** What is left of the disk that a folder is on. @returns says which; before that nothing is shown. */
export function createDiskGauges(registry: Registry): (folder: string) => void {
  let watched: string | null = null;
  const gauge = (name: string, help: string, blocks: 'bavail' | 'blocks'): void => {
    new Gauge({
      name,
      help,
      labelNames: ['of'],
      aggregator: 'min',
      registers: [registry],
      async collect() {
        const disk = watched === null ? null : await statfs(watched).catch(() => null);
        // With a label, it is not shown where nobody can tell.
        if (disk === null) this.reset();
        else this.set({ of: 'state' }, disk[blocks] * disk.bsize);
      },
    });
  };
  gauge('graph_disk_free_bytes', 'What is free of the disk that the state folder is on.', 'bavail');
  gauge('graph_disk_size_bytes', 'Size of the disk that the state folder is on.', 'blocks');
  return (folder) => {
    watched = folder;
  };
}
