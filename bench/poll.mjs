// CPU of the gateway's process per poll of a tile, plain, unchanged (304) and with another tag: node bench/poll.mjs PID [url]
import { readFileSync } from 'node:fs';

const [pid, url = 'http://127.0.0.1:4000/graphql'] = process.argv.slice(2);
const TICK_MS = 10;
const query = `{ caseStats(where: { decided: true }, by: [DEPARTMENT, QUARTER], measures: [COUNT, FINE, PAID]) {
  buckets { key count fine paid } } }`;

/** User and system time of the process so far, Linux alone. */
function cpuMs() {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

async function poll(etag) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(etag !== undefined && { 'if-none-match': etag }) },
    body: JSON.stringify({ query }),
  });
  await answer.arrayBuffer();
  return answer;
}

// The first answer of a document has no tag.
await poll();
const etag = (await poll()).headers.get('etag');
if (etag === null) throw new Error('The answer must have a tag: wait until every source has been looked at');
for (const [name, tag, times] of [
  ['plain', undefined, 60],
  ['304', etag, 600],
  ['kept answer', '"another"', 600],
]) {
  const statuses = new Map();
  const cpu = cpuMs();
  for (let time = 0; time < times; time++) {
    const { status } = await poll(tag);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  const perPoll = ((cpuMs() - cpu) / times).toFixed(2);
  console.log(`${name.padEnd(12)} ${perPoll} ms of CPU a poll, statuses ${JSON.stringify([...statuses])}`);
}
