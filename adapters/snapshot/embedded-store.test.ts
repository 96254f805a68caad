import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStoreContract } from '../testing/store-contract.js';
import { openEmbeddedStore } from './embedded-store.js';

describeStoreContract('openEmbeddedStore()', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eg-store-'));
  const versions = join(folder, 'test.rows');
  const files = () => readdirSync(versions).filter((name) => name.endsWith('.sqlite'));
  const staging = join(versions, 'staging');
  return {
    open: () => openEmbeddedStore(folder),
    countVersions: async () => files().length,
    countUnfinished: async () => (existsSync(staging) ? readdirSync(staging).length : 0),
    damage: async () => {
      for (const file of files()) appendFileSync(join(versions, file), 'x');
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
});
