// What it costs to know who calls: `npm run build && node bench/authenticate.mjs`. Microseconds of CPU per request.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, SignJWT } from 'jose';
import {
  hashSecret,
  hashText,
  makeSecret,
} from '../dist/gateway/access/identity/applications/application-secret.js';
import { createAuthenticate } from '../dist/gateway/access/identity/create-authenticate.js';
import { USUAL_CLAIMS, USUAL_LOCK } from '../dist/gateway/access/identity/identity-settings.js';
import { HOUSE_RULES } from '../dist/gateway/access/identity/role-rules.js';
import { systemClock } from '../dist/runtime/clock.js';

const APPLICATIONS = 50;
const ADDRESS = '10.33.1.5';
const folder = mkdtempSync(join(tmpdir(), 'eg-bench-'));

const KEYS = {
  Ed25519: () => generateKeyPairSync('ed25519'),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

async function measure(name, requests, headersOf, authenticate) {
  for (let index = 0; index < Math.min(500, requests / 4); index++)
    await authenticate(headersOf(index), ADDRESS);
  const before = process.cpuUsage();
  const started = performance.now();
  for (let index = 0; index < requests; index++) {
    const answer = await authenticate(headersOf(index), ADDRESS);
    if ('reason' in answer !== name.includes('refused')) throw new Error(JSON.stringify(answer));
  }
  const { user, system } = process.cpuUsage(before);
  const wall = ((performance.now() - started) * 1000) / requests;
  console.log(
    `${name.padEnd(52)} ${((user + system) / requests).toFixed(1).padStart(8)} ${wall.toFixed(1).padStart(8)}`,
  );
}

console.log(`${'µs per request'.padEnd(52)} ${'CPU'.padStart(8)} ${'wall'.padStart(8)}`);
for (const [alg, make] of Object.entries(KEYS)) {
  const { privateKey, publicKey } = make();
  const file = join(folder, `${alg}.json`);
  writeFileSync(
    file,
    JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg, use: 'sig' }] }),
  );
  const authenticate = createAuthenticate(
    {
      issuers: [
        {
          name: 'county',
          issuer: 'https://id.example.gov.cn',
          audiences: ['enforcement-graph'],
          algorithms: [alg],
          keys: { kind: 'file', file },
          leewaySeconds: 30,
          claims: USUAL_CLAIMS,
          secondFactors: ['mfa'],
        },
      ],
      applicationsFile: null,
      lock: { ...USUAL_LOCK, failures: 1e9 },
      rules: HOUSE_RULES,
    },
    { clock: systemClock },
  );
  const tokens = [];
  for (let index = 0; index < 2500; index++) {
    tokens.push(
      await new SignJWT({ role: 'analyst', townships: ['330922101'], purposes: ['A-1'], n: index })
        .setProtectedHeader({ alg, kid: 'k', typ: 'JWT' })
        .setIssuer('https://id.example.gov.cn')
        .setAudience('enforcement-graph')
        .setSubject(`user-${index}`)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    );
  }
  let next = 0;
  const bearer = (token) => ({ authorization: `Bearer ${token}` });
  await measure(
    `${alg}: a new token each time (signature checked)`,
    1900,
    () => bearer(tokens[next++]),
    authenticate,
  );
  await measure(
    `${alg}: the same token (known by its SHA-256)`,
    50_000,
    () => bearer(tokens[0]),
    authenticate,
  );
  const forged = `${tokens[0].slice(0, -40)}${'A'.repeat(40)}`;
  await measure(`${alg}: a forged token, refused`, 2000, () => bearer(forged), authenticate);
}

const secret = makeSecret();
const applications = Object.fromEntries(
  Array.from({ length: APPLICATIONS }, (_, index) => [
    `board-${index}`,
    {
      role: 'dashboard',
      keys: [
        {
          hash: hashText(hashSecret(index === 7 ? secret : makeSecret())),
          notBefore: systemClock.today(),
          expires: systemClock.today(),
        },
      ],
    },
  ]),
);
const applicationsFile = join(folder, 'applications.yaml');
writeFileSync(applicationsFile, JSON.stringify({ applications }));
const byKey = createAuthenticate(
  { issuers: [], applicationsFile, lock: USUAL_LOCK, rules: HOUSE_RULES },
  { clock: systemClock },
);
await measure(
  `a key of one of ${APPLICATIONS} applications`,
  50_000,
  () => ({ 'x-api-key': `board-7.${secret}` }),
  byKey,
);
await measure('nothing at all, refused', 50_000, () => ({}), byKey);
rmSync(folder, { recursive: true });
