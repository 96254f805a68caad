import { GraphQLError } from 'graphql';
import { SourceError } from '../../adapters/source-error.js';
import { clockOf } from '../../county/county-clock.js';
import type { County } from '../../county/open-county.js';
import { systemContext } from '../../county/system-context.js';
import { withCounty } from '../../county/with-county.js';
import type { CallContext } from '../../runtime/call/call-context.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { estimatePage } from '../../subgraphs/engine/check/estimate-page.js';
import { explainPage } from '../../subgraphs/engine/check/explain.js';
import { failureReason } from '../../subgraphs/engine/read/public-detail.js';
import type { ServedInterface } from '../../subgraphs/engine/read/served-interface.js';
import { facetFilterToFeed, filterToFeed } from '../../subgraphs/hub/filter/filter-to-feed.js';
import { createIdentities } from '../../subgraphs/hub/subjects/identities.js';
import type { RowCondition } from '../../subgraphs/kinds/row-condition.js';
import { facetInputsOf } from '../../subgraphs/kinds/surface/facet-inputs.js';
import { filterInputsOf } from '../../subgraphs/kinds/surface/filter-inputs.js';
import { withConfig } from '../demo/county-of.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import type { ExplainOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';

const BUDGET_MS = 60_000;

/** Prints what a page of one interface would make its source do. */
export function explainInterface(options: ExplainOptions, io: VerbIo): Promise<ExitCode> {
  return withConfig(options, io.environment, ({ config, root }) =>
    withCounty(config, root, async (county) => {
      const served = findInterface(county, options.interface);
      await describeSource(served);
      const clock = clockOf(config);
      const where = await readWhere(county, served, options, clock.today());
      io.say(explainPage(served.compiled, where, options.first));
      io.say(await estimateRows(served, where, options.first, systemContext(clock, 'explain', BUDGET_MS)));
      return EXIT.ok;
    }),
  );
}

/** So that the statement is shown as it would be sent; a source that is away is explained all the same. */
async function describeSource({ compiled }: ServedInterface): Promise<void> {
  const bounds = { signal: AbortSignal.timeout(BUDGET_MS), timeoutMs: 5000, maxBytes: 16 * 1024 * 1024 };
  try {
    await compiled.adapter.describe(compiled.from.name, bounds);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
}

/** A sentence on how many rows the page costs; a source that is away or refuses is explained all the same. */
async function estimateRows(
  served: ServedInterface,
  where: RowCondition,
  limit: number,
  context: CallContext,
): Promise<string> {
  try {
    const estimate = await estimatePage(served, where, limit, context);
    if (estimate === null) return 'rows: unknown, the source does not count';
    return `rows: about ${estimate.read} read, of ${estimate.matching} that match what the source filters by`;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return `rows: unknown, ${failureReason(error, served.compiled.mapping)}`;
  }
}

function findInterface(county: County, name: string): ServedInterface {
  const all = county.departments.flatMap(({ served }) => served);
  const found = all.find(({ compiled }) => compiled.mapping.interface === name);
  if (found !== undefined) return found;
  const broken = county.departments
    .flatMap((department) => department.broken)
    .find(({ info }) => info.name === name);
  if (broken !== undefined)
    throw new CommandFailure(EXIT.findings, broken.problems.map(formatProblem).join('\n'));
  const known = all.map(({ compiled }) => compiled.mapping.interface).join(', ');
  throw new CommandFailure(
    EXIT.usage,
    `没有接口 ${JSON.stringify(name)}。Cannot explain: the interface must be one of ${known}, but is ${JSON.stringify(name)}.`,
  );
}

async function readWhere(
  county: County,
  { compiled }: ServedInterface,
  { where }: ExplainOptions,
  today: string,
): Promise<RowCondition> {
  const { feeds: kind, interface: name } = compiled.mapping;
  const { facet } = compiled.info;
  if (where === null) return { all: [] };
  try {
    if (facet !== undefined) return await facetFilterToFeed(where, 'where', facetInputsOf(facet.fields));
    if (kind === undefined || kind === 'Subject') throw notFiltered(name);
    const context = systemContext({ now: () => new Date(), today: () => today }, 'explain', BUDGET_MS);
    const { condition } = await filterToFeed(where, 'where', {
      kind,
      inputs: filterInputsOf(kind),
      ofRows: { interfaces: [compiled.info], identities: createIdentities(county.registry), context },
      // What a source is asked where the index of numbers does not help.
      narrow: (given) => Promise.resolve(given),
      context,
    });
    return condition;
  } catch (error) {
    if (error instanceof GraphQLError)
      throw new CommandFailure(EXIT.usage, `无法说明。Cannot explain: ${error.message}`);
    throw error;
  }
}

function notFiltered(name: string): CommandFailure {
  return new CommandFailure(
    EXIT.usage,
    `${name} 不属于任何清单，也不是主体的部门信息，无法说明筛选。Cannot explain a filter: ${name} must feed a list of the hub or fill a facet of Subject, but does neither.`,
  );
}
