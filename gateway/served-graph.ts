import type { Problem } from '../runtime/yaml/problem.js';
import type { SubgraphPort } from '../subgraphs/port/subgraph-port.js';
import type { Access } from './access/access.js';
import type { BegunGraph } from './execute/begin-graph.js';
import type { DropStanding } from './http/drops.js';
import type { StandingReader } from './http/kept-answers.js';
import type { FreshnessReader } from './observe/source-metrics.js';
import type { SubgraphDefinition } from './plan/joins.js';

/** What a gateway serves, and what it rests on: another one can take its place while callers ask. */
export interface ServedGraph {
  readonly supergraphSdl: string;
  /** The same supergraph where the compiled engine is opening it already. The gateway closes it. */
  readonly begun?: BegunGraph;
  /** Called once per subgraph; throws when it has none. The gateway closes the ports. */
  readonly subgraph: (definition: SubgraphDefinition) => SubgraphPort;
  /** For `/health/ready`; answers within its own bound (`boundFreshness`). */
  readonly readFreshness: FreshnessReader;
  /** What is known of interfaces now, for whoever polls; absent: no answer is given again. */
  readonly standing?: StandingReader;
  /** Of all that its answers come from, so that machines which serve the same know it. Absent: nobody else serves it. */
  readonly edition?: string;
  /** For `/drops`; absent where no files are dropped. */
  readonly readDrops?: () => Promise<readonly DropStanding[]>;
  /** Who may ask, and what they may see. `open`: everybody, everything that the graph itself asks no identity for. */
  readonly access: Access | 'open';
  /** A folder of documents that callers may name instead of sending them; absent: there is none. */
  readonly operations?: {
    readonly folder: string;
    /** Told of each file that cannot be used; the others serve. */
    readonly onProblem: (problem: Problem) => void;
  };
  /** Called once it is sure that it is going to be served, before the first request. */
  readonly begin?: () => Promise<void>;
  /** Called once, when nobody asks it any more, or it could not be served: closes what the subgraphs rest on. */
  readonly release?: () => Promise<void>;
}
