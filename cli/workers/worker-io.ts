import { Socket } from 'node:net';
import type { AuditRecord } from '../../gateway/audit/audit-record.js';
import { AuditUnavailable } from '../../gateway/audit/audit-unavailable.js';
import type { Gateway } from '../../gateway/create-gateway.js';
import type { Ending } from '../../gateway/http/listener/ending.js';
import type { Metrics } from '../../gateway/observe/metrics.js';
import { createAskedLedger } from '../../runtime/ledger/asked-ledger.js';
import { type Channel, openTalk, type Talk } from '../../runtime/talk/talk.js';
import type { FindRequest } from '../run/request-memory.js';
import { processIo, type VerbIo } from '../verbs/verb-io.js';
import type { KeeperAnswers, WorkerAnswers } from './contract.js';
import { isDealt } from './dealt-connection.js';
import type { Keeper, KeptElsewhere } from './keeper.js';

/** For a worker: orders come from its keeper, whatever signals say. */
export function workerIo(worker: NodeJS.Process): VerbIo {
  let end: (ending: Ending) => void = () => undefined;
  const ended = new Promise<Ending>((resolve) => {
    end = resolve;
  });
  let reread = (): Promise<boolean> => Promise.resolve(false);
  let hearLevel: Parameters<KeptElsewhere['onLogLevel']>[0] = () => undefined;
  let hear: Parameters<KeptElsewhere['onTold']>[0] = () => undefined;
  let serving: {
    readonly gateway: Pick<Gateway, 'look' | 'asked'>;
    readonly metrics: Pick<Metrics, 'families'>;
    readonly requests: FindRequest | undefined;
  } | null = null;
  const talk = openTalk<WorkerAnswers, KeeperAnswers>(channelOf(worker), {
    metrics: async () => (await serving?.metrics.families()) ?? [],
    findRequest: async (id, of) => (await serving?.requests?.(id, of)) ?? null,
    asked: async () => serving?.gateway.asked() ?? [],
    look: (asked) => {
      if (serving === null) throw new Error('Cannot be looked at: it must serve, but does not yet');
      return serving.gateway.look(asked);
    },
    end: async (ending) => end(ending),
    reread: () => reread(),
    told: async (...told) => hear(...told),
    logLevel: async (change) => hearLevel(change),
  });
  const leave = (): void => void talk.ask('leaving').catch(() => undefined);
  // A terminal interrupts all processes; the keeper knows what to do.
  worker
    .on('SIGINT', () => undefined)
    .on('SIGHUP', () => undefined)
    .on('SIGUSR2', () => undefined);
  worker.on('SIGTERM', leave);
  // Without its keeper it is of no use.
  worker.once('disconnect', () => process.exit());
  return {
    ...processIo(),
    // The keeper says what there is to say.
    say: () => undefined,
    keeper: {
      askedBefore: () => talk.ask('askedBefore'),
      connections: {
        open: (take) => {
          takeDealt(worker, take);
          return talk.ask('takeConnections');
        },
        stop: () => talk.ask('takeNoMore'),
      },
      audit: remoteAudit(talk),
      ledger: createAskedLedger((question) => talk.ask('ledger', question)),
      scrape: () => talk.ask('scrape'),
      county: {
        talk,
        onTold: (call) => {
          hear = call;
        },
        onLogLevel: (call) => {
          hearLevel = call;
        },
      },
      serving: (gateway, metrics, requests) => {
        serving = { gateway, metrics, requests };
        return talk.ask('serving', gateway.url);
      },
    },
    untilStopped: () => ended,
    onReread: (call) => {
      reread = call;
    },
    onRenew: () => undefined,
  };
}

function channelOf(worker: NodeJS.Process): Channel {
  return {
    // A keeper that is gone takes its workers with it.
    send: (message) => void worker.send?.(message, undefined, undefined, () => undefined),
    onMessage: (take) => {
      const takeSaid = (message: unknown): void => {
        if (!isDealt(message)) take(message);
      };
      worker.on('message', takeSaid);
      return () => worker.off('message', takeSaid);
    },
  };
}

function takeDealt(worker: NodeJS.Process, take: (connection: Socket) => void): void {
  worker.on('message', (message: unknown, connection: unknown) => {
    // Without one, the caller has hung up on the way.
    if (!isDealt(message) || !(connection instanceof Socket)) return;
    // As an HTTP server's own.
    connection.allowHalfOpen = true;
    connection.setNoDelay(true);
    take(connection);
  });
}

interface Waiting {
  readonly record: AuditRecord;
  resolve(): void;
  reject(error: unknown): void;
}

/** Records of one turn of the event loop are one message. */
function remoteAudit(talk: Talk<KeeperAnswers>): Keeper['audit'] {
  let waiting: Waiting[] = [];
  const send = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const said = await talk.ask(
        'record',
        group.map(({ record }) => record),
      );
      for (const [index, { resolve, reject }] of group.entries()) {
        const reason = said[index];
        if (reason === null) resolve();
        else reject(new AuditUnavailable(reason ?? 'closed', 'the keeper could not write it'));
      }
    } catch (error) {
      for (const { reject } of group)
        reject(new AuditUnavailable('closed', 'the keeper is gone', { cause: error }));
    }
  };
  return {
    append: (record) =>
      new Promise((resolve, reject) => {
        waiting.push({ record, resolve, reject });
        if (waiting.length > 1) return;
        setImmediate(() => {
          const group = waiting;
          waiting = [];
          void send(group);
        });
      }),
  };
}
