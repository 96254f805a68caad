// A process that records as fast as it can until it is killed or told to end (SIGTERM):
// node append-forever.mjs SETTINGS NAME, in the folder of compiled sources. Every record that was acknowledged is a line
// `ack NAME-<number>`; when the audit becomes unavailable or writable, that is a line too.
import { writeSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { Secret } from '../../../runtime/config/secret.js';
import { openAudit } from '../open-audit.js';
import { sampleRecord } from './sample-record.js';

const [, , text = '', name = ''] = process.argv;
const said = JSON.parse(text);
const key = new Secret(said.key);
const audit = await openAudit({
  ...said.settings,
  subjectKey: key,
  signing: { kind: said.settings.signing.kind, key },
});
const tell = (/** @type {string} */ line) => writeSync(1, `${line}\n`);
let isOver = false;
process.on('SIGTERM', () => {
  isOver = true;
});
let next = 0;
let state = '';

async function appendAll() {
  while (!isOver) {
    const requestId = `${name}-${next}`;
    next += 1;
    try {
      await audit.append(
        sampleRecord(next, { requestId, time: new Date().toISOString().replace('Z', '+08:00') }),
      );
      tell(`ack ${requestId}`);
    } catch {
      await wait(20);
    }
    if (audit.state().kind !== state) {
      state = audit.state().kind;
      tell(`state ${state}`);
    }
  }
}

await Promise.all(Array.from({ length: 40 }, appendAll));
await audit.close();
