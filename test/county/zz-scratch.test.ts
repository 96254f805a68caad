import { writeFileSync } from 'node:fs';
import { exampleQuery } from './ask.js';
import { openSqliteCounty } from './stored-county.js';

const seed = Number(process.env['SEED'] ?? '1');

async function walk(county: any, field: string, args: string, selection: string) {
  const nodes: any[] = [];
  let after: string | null = null;
  let coverage: any;
  for (;;) {
    const { data, errors } = (await county.ask(
      `query($after: String) { ${field}(${args} first: 500, after: $after) { totalCount nodes { ${selection} } pageInfo { hasNextPage endCursor } coverage { interface state rows reason tookMs } } }`,
      { after },
    )) as any;
    if (errors) { console.log(field, JSON.stringify(errors).slice(0, 2000)); }
    if (!data) return { nodes, coverage };
    const c = data[field];
    nodes.push(...c.nodes);
    coverage = c.coverage;
    if (!c.pageInfo.hasNextPage) return { total: c.totalCount, nodes, coverage };
    after = c.pageInfo.endCursor;
  }
}

it('dumps', async () => {
  const county = await openSqliteCounty({ seed, size: 'small' });
  const { world } = county;
  const out: any = {};
  const timed = async (name: string, f: () => Promise<any>) => {
    const t = performance.now();
    out[name] = await f();
    console.log(name, Math.round(performance.now() - t), 'ms', out[name]?.nodes?.length, out[name]?.total, JSON.stringify(out[name]?.coverage));
  };
  await timed('licences', () => walk(county, 'licences', '', `id interface department type number name validFrom validTo state expired issuer township subject { id } quality
    hygiene { placeName project placeKind handledAt year } medical { institutionName departments ownership institutionKind approvedAt head }
    homestay { houseName address sheet rooms beds grade openedAt longitude latitude quality } entertainment { placeName scope placeKind floorArea firstIssuedAt }`));
  await timed('inspections', () => walk(county, 'inspections', 'where: {interface: ["health.inspection"]},', `id interface department number date checkedAt kind result results rawResult disposals officers certNos itemCode township jointCheck subject { id } case { caseCode } quality health { placeName findings }`));
  await timed('complaints', () => walk(county, 'complaints', '', `id interface department number kind source category createdAt date acceptedAt deadline repliedAt closedAt state satisfaction township place content targetName subject { id } inspection { number } case { caseCode } quality hotline { handler assistants outcome rejection }`));
  await timed('cases', () => walk(county, 'cases', 'where: {interface: ["cases.case"]},', `caseCode caseDetail { hearingApplied hearingDate hearingHost hearingResult reviewer reviewDate reviewOpinion discussionDate discussionConclusion executionMode executionResult paidAmount paidDate documentCount updatedAt quality}`).catch((e) => ({ e: String(e) })));
  await timed('vessels', () => walk(county, 'subjects', 'where: {kind: [VESSEL]},', `id marine { latestPosition { at longitude latitude speedKn courseDegrees signal reportedName quality } }`).catch((e) => ({ e: String(e) })));
  await timed('orgs', () => walk(county, 'subjects', 'where: {kind: [ORGANISATION, INDIVIDUAL_BUSINESS]},', `id culture { scenicSpots { spotName grade capacity visitors countedOn township quality } } register { legalPerson { name registrationNumber legalPersonKind legalRepresentative registeredCapital established approvedAt operatingFrom operatingTo state cancelledAt industry address township registeredBy operatingScope updatedAt quality } }`).catch((e) => ({ e: String(e) })));
  for (const [q, vars] of [['q07-homestays-without-permit', { first: 500 }], ['q09-gone-but-licensed', { first: 500 }], ['q11-complaints-by-township', {}], ['q13-unpublished-decisions', { first: 500 }]] as const) {
    await timed(q, () => county.ask(exampleQuery(q), vars));
    await timed(q, () => county.ask(exampleQuery(q), vars));
  }
  writeFileSync(`/tmp/iq/dump-${seed}.json`, JSON.stringify(out, null, 1));
  writeFileSync(`/tmp/iq/world-${seed}.json`, JSON.stringify({ ...world, inspections: [...world.inspections], cases: [...world.cases], portCalls: [], complaints: [...world.complaints] }));
  await county.close();
}, 600_000);
