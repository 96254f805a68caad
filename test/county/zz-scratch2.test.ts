import { openSqliteCounty } from './stored-county.js';
it('probes', async () => {
  const county = await openSqliteCounty({ seed: 1, size: 'small' });
  const lines: string[] = [];
  const run = async (name: string, q: string) => {
    county.sourceCalls.splice(0);
    const t = performance.now();
    const { errors } = await county.ask(q);
    lines.push(`${name} ${Math.round(performance.now() - t)} ms errors ${errors?.length ?? 0}`);
    for (const c of county.sourceCalls) lines.push(`   ${c.operation} ${c.interface} ${c.outcome} ${Math.round(c.tookMs)} rows ${c.rows}`);
  };
  for (const first of [1, 20, 100, 500]) {
    await run(`health case ${first}`, `{ inspections(where: {interface: ["health.inspection"]}, first: ${first}) { nodes { number case { caseCode } } } }`);
    await run(`market case ${first}`, `{ inspections(where: {interface: ["market.inspection"]}, first: ${first}) { nodes { number case { caseCode } } } }`);
    await run(`cases inspection ${first}`, `{ cases(first: ${first}) { nodes { caseCode inspection { number } } } }`);
    await run(`complaints inspection ${first}`, `{ complaints(first: ${first}) { nodes { number inspection { number } } } }`);
    await run(`complaints case ${first}`, `{ complaints(first: ${first}) { nodes { number case { caseCode } } } }`);
  }
  console.log(lines.join('\n'));
  await county.close();
}, 600_000);
