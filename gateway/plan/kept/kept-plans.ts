import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { CACHE_BYTES } from '../../cache-bytes.js';
import type { Joins } from '../joins.js';
import type { PlannedGraph } from '../planner-thread.js';
import type { QueryPlan } from '../query-plan.js';
import { graphKey } from './graph-key.js';
import type { AskedOperation, KeptOperation } from './kept-operation.js';
import { readKeptSchema } from './kept-schema.js';
import { type PlanFileContent, readPlanFile, writePlanFile } from './plan-file.js';
import { readSoundPlan } from './sound-plan.js';

/** Where plans are kept for the next run. */
export interface PlanFile {
  readonly path: string;
  /** Told, in a sentence, when the file was ignored, could not be written, or held a plan that was not used. */
  readonly tell: (fact: string) => void;
}

/** Plans as the planner gave them. */
export interface KeptPlans {
  /** What callers see of the graph, as the file says; null: there is no such file. */
  readonly apiSchema: GraphQLSchema | null;
  /** @returns null when no plan is kept of the document, or `compile` throws on it: it has to be planned. */
  compileKept<T>(document: string, compile: (plan: QueryPlan, text: string) => T): T | null;
  /** @param text the plan as JSON. */
  add(document: string, text: string): void;
  /** What is asked for in this run, and was in the last one: the busiest first. */
  busiest(asked: readonly KeptOperation[]): readonly KeptOperation[];
  /** Told what callers see, by who has read the supergraph: a file that says something else is not used any more. */
  confirm(apiSdl: string): void;
  /** How many plans were added. */
  readonly added: number;
  /** Writes the file, where there is one. Never rejects. */
  save(asked: readonly KeptOperation[]): Promise<void>;
}

/** The file's bound: as many of the busiest operations, and characters of documents and plans as the next run has room for. */
const MAX_OPERATIONS = 1000;
const MAX_CHARACTERS = CACHE_BYTES.plans;
/** What was asked for once is seldom asked for again, and may have names of persons in it. */
const LEAST_USES = 2;

/** Of several graphs that are kept in one file, the one that was opened last writes it. */
const owners = new WeakMap<PlanFile, KeptPlans>();

interface KeptPlan {
  /** JSON. */
  readonly text: string;
  /** Whether it came from this run's planner. */
  readonly isOwn: boolean;
}

/** The supergraph that is served. */
interface ServedDocument extends Pick<Joins, 'subgraphs'> {
  readonly document: DocumentNode;
}

/** @param file absent: nothing is kept beyond this run. */
export async function openKeptPlans(
  graph: PlannedGraph,
  served: ServedDocument,
  file?: PlanFile,
): Promise<KeptPlans> {
  const key = graphKey(graph);
  const subgraphs = new Set(served.subgraphs.map(({ name }) => name));
  const plans = new LRUCache<string, KeptPlan>({
    maxSize: CACHE_BYTES.plans,
    sizeCalculation: ({ text }, document) => document.length + text.length,
  });
  const read = file === undefined ? null : await readFile(file, key, served.document);
  let earlier = (read?.content.operations ?? []).flatMap(halve);
  let apiSdl = read?.content.apiSdl ?? null;
  let added = 0;
  // The busiest last, so that they are the ones that stay when there is not room for all.
  for (const { planned, plan } of read?.content.operations.toReversed() ?? [])
    plans.set(planned, { text: plan, isOwn: false });

  const busiest: KeptPlans['busiest'] = (asked) => {
    const known = new Set(asked.map(nameOf));
    return [...asked, ...earlier.filter((one) => !known.has(nameOf(one)))].toSorted(
      (a, b) => b.uses - a.uses,
    );
  };
  const kept: KeptPlans = {
    apiSchema: read?.apiSchema ?? null,
    compileKept: (document, compile) => {
      const known = plans.get(document);
      if (known === undefined) return null;
      try {
        const plan = known.isOwn
          ? (JSON.parse(known.text) as QueryPlan)
          : readSoundPlan(known.text, document, subgraphs);
        if (plan !== null) return compile(plan, known.text);
      } catch (error) {
        // The planner's own plan fails again.
        if (known.isOwn) throw error;
      }
      plans.delete(document);
      file?.tell(
        '留存的一个查询计划不可用，将重新规划。A kept plan does not fit its operation, which is planned anew.',
      );
      return null;
    },
    add: (document, text) => {
      added += 1;
      plans.set(document, { text, isOwn: true });
    },
    busiest,
    confirm: (confirmed) => {
      if (apiSdl !== null && apiSdl !== confirmed) {
        earlier = [];
        file?.tell(
          '留存的模式与超图不符，已弃用。The kept schema is not the supergraph’s: it is not kept any longer.',
        );
      }
      apiSdl = confirmed;
      if (file !== undefined) owners.set(file, kept);
    },
    get added() {
      return added;
    },
    save: async (asked) => {
      if (file === undefined || apiSdl === null || (owners.get(file) ?? kept) !== kept) return;
      const operations = choose(busiest(asked));
      try {
        await writePlanFile(file.path, key, { apiSdl, operations });
      } catch (error) {
        file.tell(
          `无法写入查询计划文件。Plans cannot be kept for the next start: ${file.path} must be writable, but is not (${String(error)}).`,
        );
      }
    },
  };
  return kept;
}

interface Read {
  readonly content: PlanFileContent;
  readonly apiSchema: GraphQLSchema;
}

async function readFile({ path, tell }: PlanFile, key: string, document: DocumentNode): Promise<Read | null> {
  const read = await readPlanFile(path, key);
  if (read.kind === 'absent') return null;
  const apiSchema = read.kind === 'read' ? readKeptSchema(read.content.apiSdl, document) : null;
  if (read.kind === 'read' && apiSchema !== null) return { content: read.content, apiSchema };
  const reason = read.kind === 'ignored' ? read.reason : 'it says more than the supergraph';
  tell(`查询计划文件未使用。The file of kept plans is not used: ${reason} (${path}).`);
  return null;
}

/** What is not asked for any more goes in time. */
function halve(operation: KeptOperation): readonly KeptOperation[] {
  const uses = Math.floor(operation.uses / 2);
  return uses === 0 ? [] : [{ ...operation, uses }];
}

function nameOf({ query, operationName, conditions, accessKey }: AskedOperation): string {
  return JSON.stringify([query, operationName, conditions, accessKey]);
}

/** As many as may be kept. @param operations the busiest first. */
function choose(operations: readonly KeptOperation[]): readonly KeptOperation[] {
  const chosen: KeptOperation[] = [];
  const planned = new Set<string>();
  let characters = 0;
  for (const operation of operations) {
    const { query, plan } = operation;
    if (operation.uses < LEAST_USES) break;
    characters += query.length;
    if (!planned.has(operation.planned)) characters += operation.planned.length + plan.length;
    if (chosen.length === MAX_OPERATIONS || characters > MAX_CHARACTERS) break;
    planned.add(operation.planned);
    chosen.push(operation);
  }
  return chosen;
}
