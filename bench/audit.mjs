// What the audit costs: node bench/audit.mjs [--seconds N] [--folder DIR] [--hash sha256|sm3], after `npm run build`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { USUAL_AUDIT } from '../dist/gateway/audit/audit-settings.js';
import { checkpointKeys } from '../dist/gateway/audit/checkpoint-keys.js';
import { folderPlace } from '../dist/gateway/audit/copy/folder-place.js';
import { openAudit } from '../dist/gateway/audit/open-audit.js';
import { who } from '../dist/gateway/audit/read/who.js';
import { verifyTrail } from '../dist/gateway/audit/verify/verify-trail.js';
import { Secret } from '../dist/runtime/config/secret.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    folder: { type: 'string', default: tmpdir() },
    hash: { type: 'string', default: 'sha256' },
  },
});
const root = mkdtempSync(join(values.folder, 'eg-bench-audit-'));
const key = new Secret('a key for the measurement');

/** As an operation over ten subjects leaves it: 900 bytes or so. */
function record(index) {
  return {
    time: '2026-07-01T09:30:00.000+08:00',
    kind: 'operation',
    requestId: `request-${index}`,
    caller: { name: `idp/analyst-${index % 7}`, role: 'analyst', kind: 'user' },
    address: '10.33.9.22',
    operation: { name: 'VesselsWithFines', documentHash: 'd'.repeat(64), variablesDigest: 'e'.repeat(64) },
    lists: ['subjects'],
    touched: [{ type: 'Subject', count: 10 }],
    subjects: Array.from({ length: 10 }, (_, subject) => `subject-hash-${(index * 10 + subject) % 99_991}`),
    purpose: '330200-CF-0101',
    level: 'L3',
    masks: ['name', 'phone'],
    interfaces: ['market.inspection', 'marine.vessel'],
    outcome: 'ok',
    errors: [],
    durationMs: 12.5,
    cost: 30,
    detail: null,
  };
}

function settingsOf(name) {
  return {
    ...USUAL_AUDIT,
    folder: join(root, name),
    copyFolder: join(root, `${name}-copy`),
    hash: values.hash,
    signing: { kind: 'hmac', key },
    subjectKey: key,
  };
}

/** Appends for the given time, so many at a time. */
async function measureAppends(concurrency) {
  const settings = settingsOf(`at-${concurrency}`);
  const audit = await openAudit(settings);
  const endsAt = performance.now() + Number(values.seconds) * 1000;
  const latencies = [];
  const flushed = audit.flushes;
  const cpu = process.cpuUsage();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < endsAt) {
        const began = performance.now();
        await audit.append(record(latencies.length));
        latencies.push(performance.now() - began);
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  const count = latencies.length;
  const flushes = audit.flushes - flushed;
  await audit.close();
  latencies.sort((one, other) => one - other);
  const quantile = (share) => latencies[Math.floor(share * (count - 1))].toFixed(2);
  console.log(
    `append, ${String(concurrency).padStart(4)} at a time: ${Math.round(count / Number(values.seconds))} records/s, ` +
      `p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms, ${(count / flushes).toFixed(1)} records a flush, ` +
      `${((user + system) / 1000 / count).toFixed(3)} ms of CPU a record`,
  );
  return settings;
}

/** Reads the whole trail, and says how fast. */
async function measureReading({ folder, copyFolder }) {
  const keys = checkpointKeys(key);
  for (const [title, copy] of [
    ['verify', null],
    ['verify, with the copy', folderPlace(copyFolder)],
  ]) {
    const began = performance.now();
    const { records, breaks } = await verifyTrail(folder, { keys, copy });
    const seconds = (performance.now() - began) / 1000;
    console.log(
      `${title}: ${records} records, ${Math.round(records / seconds)} records/s, ${breaks.length} breaks`,
    );
  }
  const began = performance.now();
  let found = 0;
  for await (const _ of who(folder, { subject: { hash: 'subject-hash-77' }, from: null, to: null }))
    found += 1;
  console.log(`who: ${found} records found in ${Math.round(performance.now() - began)} ms`);
}

try {
  await measureAppends(1);
  await measureAppends(32);
  await measureReading(await measureAppends(1000));
} finally {
  rmSync(root, { recursive: true });
}
