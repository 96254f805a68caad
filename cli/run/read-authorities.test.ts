import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import { ANONYMOUS } from '../../runtime/call/caller.js';
import { readAuthorities } from './read-authorities.js';

const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authority-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An authority, and a certificate of it for this machine. */
function makeCertificates(): void {
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Test',
  );
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    's.key',
    '-out',
    's.csr',
    '-subj',
    '/CN=localhost',
  );
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1');
  openssl(
    'x509',
    '-req',
    '-in',
    's.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    's.pem',
    '-days',
    '2',
    '-extfile',
    'names',
  );
}

describe('readAuthorities()', () => {
  it('leaves it to Node when no file is named', async () => {
    expect(await readAuthorities([], {})).toBeUndefined();
  });

  it.each([
    ['none', 'nothing here', /没有证书.*has none/],
    ['broken', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', /无法读取.*cannot be read/],
  ])('refuses a file with certificates that are %s', async (name, text, reason) => {
    const file = join(folder, `${name}.pem`);
    writeFileSync(file, text);
    await expect(readAuthorities([file], {})).rejects.toThrow(reason);
  });

  it('refuses a file that cannot be read', async () => {
    await expect(readAuthorities([join(folder, 'absent.pem')], {})).rejects.toThrow('ENOENT');
  });

  (HAS_OPENSSL ? it : it.skip)(
    'lets subgraphs be reached whose certificate is of the authority',
    async () => {
      makeCertificates();
      const options = { key: readFileSync(join(folder, 's.key')), cert: readFileSync(join(folder, 's.pem')) };
      const server = https.createServer(options, (_, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"a":"x"}}'),
      );
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const ask = async (authorities: readonly string[] | undefined) => {
        const pools = createOriginPools(authorities === undefined ? {} : { authorities });
        const subgraph = createRemoteSubgraph({ name: 'x', url: `https://127.0.0.1:${port}/graphql`, pools });
        const { signal } = new AbortController();
        const context = {
          requestId: 'r',
          caller: ANONYMOUS,
          signal,
          deadline: Date.now() + 5000,
          today: '2026-06-30',
        };
        const result = await subgraph.execute({ query: '{ a }' }, context);
        await pools.close();
        return result.errors?.[0]?.extensions.code ?? result.data;
      };
      const file = join(folder, 'ca.pem');
      const authorities = await readAuthorities([file], {});
      expect(authorities?.length).toBe(rootCertificates.length + 1);
      expect(await ask(undefined)).toBe('SUBGRAPH_UNAVAILABLE');
      expect(await ask(authorities)).toEqual({ a: 'x' });
      expect((await readAuthorities([file], { NODE_EXTRA_CA_CERTS: file }))?.length).toBe(
        rootCertificates.length + 2,
      );
      server.closeAllConnections();
      server.close();
    },
  );
});
