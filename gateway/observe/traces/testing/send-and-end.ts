import { RequestTrail } from '../../../../runtime/call/request-trail.js';
import { openTraces } from '../open-traces.js';

/** Notes more requests than may wait, closes, and says what became of their spans; then nothing is to keep the process. */
const [url = '', notes = '0'] = process.argv.slice(2);
const outcomes = { exported: 0, failed: 0, dropped: 0 };
const traces = openTraces({ endpoint: new URL(url), headers: new Map(), ratio: 1 }, (outcome, spans) => {
  outcomes[outcome] += spans;
});
const mark = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentId: null, isRecorded: true };
for (let count = 0; count < Number(notes); count++) {
  traces.note({
    requestId: `r${count}`,
    operationName: null,
    registeredName: null,
    operationType: 'query' as never,
    outcome: 'ok',
    tookMs: 1,
    errorCodes: [],
    caller: null,
    role: null,
    missing: [],
    cost: null,
    trail: new RequestTrail(performance.now(), mark),
  });
}
// A batch is on its way when it is to end.
await new Promise((resolve) => setTimeout(resolve, 300));
const closing = performance.now();
await traces.close();
process.stdout.write(`${JSON.stringify({ closeMs: performance.now() - closing, outcomes })}\n`);
