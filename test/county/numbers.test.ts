import { openSqliteCounty, type StoredCounty } from './stored-county.js';
let county: StoredCounty;
beforeAll(async () => {
  county = await openSqliteCounty({ seed: 1, size: 'tiny' });
}, 120_000);
afterAll(async () => {
  await county?.close();
});
it('x', async () => {
  const a = await county.ask('{ cases(first: 3, where: {decided: true}) { nodes { decisionNo } } }');
  const n = (a.data as any).cases.nodes[0].decisionNo;
  const { normaliseDocumentNumber } = await import('../../subgraphs/values/texts/document-number.js');
  console.log(n, await county.county.registry.numbers('Case', [{ field: 'decisionNo', number: normaliseDocumentNumber(n) }], { signal: new AbortController().signal } as any));
  county.sourceCalls.splice(0);
  await county.ask('query($n:String){ cases(first: 3, where: {decisionNo: $n}) { nodes { decisionNo } } }', { n });
  console.log(county.sourceCalls);
});
