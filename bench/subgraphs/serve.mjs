// Subgraphs of the benchmark in one process, one path each: node bench/subgraphs/serve.mjs PORT [NAME…]; without names, all.
// The one who started it asks over the process's channel; see subgraph-process.mjs.
import { createServer } from 'node:http';
import { SUBGRAPHS } from '../graph/subgraphs.mjs';
import { createAnswerFault } from './answer-fault.mjs';
import { memoiseAnswers } from './answer-memo.mjs';
import { createCallRecorder } from './call-recorder.mjs';
import { createExecutableSubgraph } from './executable-subgraph.mjs';

const [port = '0', ...names] = process.argv.slice(2);

/** @type {ReadonlyMap<string, (body: string) => Buffer>} by path */
const answers = new Map(
  SUBGRAPHS.filter(({ name }) => names.length === 0 || names.includes(name)).map((subgraph) => {
    const { answer } = createExecutableSubgraph(subgraph);
    return [`/${subgraph.name}`, memoiseAnswers((body) => answer(JSON.parse(body)))];
  }),
);
const recorder = createCallRecorder();
const answerFault = createAnswerFault();
let calls = 0;

const server = createServer((request, response) => {
  const answer = answers.get(request.url ?? '');
  if (answer === undefined || request.method !== 'POST') {
    response.writeHead(404).end();
    return;
  }
  calls++;
  /** @type {Buffer[]} */
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString();
    recorder.hear({ path: request.url ?? '', body }, () => {
      const bytes = answer(body);
      if (answerFault.spoils(response, bytes)) return;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
      response.end(bytes);
    });
  });
});
// Gateways pause while others are measured; nobody's connections are to go stale meanwhile.
server.keepAliveTimeout = 0;

/** @type {Record<string, (detail?: any) => unknown>} */
const ORDERS = {
  count: () => calls,
  record: recorder.start,
  take: recorder.take,
  stop: recorder.stop,
  fault: answerFault.set,
};
process.on(
  'message',
  async (/** @type {{id: number, order: string, detail?: unknown}} */ { id, order, detail }) => {
    process.send?.({ id, result: (await ORDERS[order](detail)) ?? null });
  },
);
process.on('disconnect', () => process.exit());
server.listen(Number(port), '127.0.0.1', () => {
  const { port: own } = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.send?.({ id: 0, result: `http://127.0.0.1:${own}` });
});
