import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { sendHttpError } from './refusals/http-errors.js';
import { isThisMachine } from './this-machine.js';

/** How one interface stands whose rows are dropped as files. */
export interface DropStanding {
  readonly interface: string;
  readonly serving: { readonly file: string; readonly received: string; readonly rows: number } | null;
  readonly rejection: {
    readonly drop: { readonly name: string };
    /** ISO. */
    readonly rejectedAt: string;
    readonly reasons: number;
    /** A newer drop has been accepted since. */
    readonly isSettled: boolean;
    /** The first reasons, without cells. */
    readonly examples: readonly string[];
    /** Absolute path of the report. */
    readonly path: string;
  } | null;
}

/**
 * `/drops`: what serves and what was rejected. `/drops/<interface>/report.csv`: why, row by row.
 *
 * Reports hold cells of the file, personal data among them: they are given to this machine alone.
 */
export function serveDrops(app: FastifyInstance, readDrops: () => Promise<readonly DropStanding[]>): void {
  app.get('/drops', { config: { permission: 'health' } }, async () => ({
    interfaces: (await readDrops()).map(describeStanding),
  }));
  app.get<{ Params: { interface: string } }>(
    '/drops/:interface/report.csv',
    { config: { permission: 'health' } },
    async (request, reply) => {
      if (!isThisMachine(request.socket.remoteAddress, request.headers)) return sendHttpError(reply, 403);
      const standing = (await readDrops()).find((one) => one.interface === request.params.interface);
      if (standing === undefined || standing.rejection === null) return sendHttpError(reply, 404);
      const { path } = standing.rejection;
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}`)
        .send(await readFile(path));
    },
  );
}

function describeStanding({ interface: name, serving, rejection }: DropStanding): unknown {
  return {
    interface: name,
    serving,
    rejected: rejection && {
      file: rejection.drop.name,
      rejectedAt: rejection.rejectedAt,
      reasons: rejection.reasons,
      settled: rejection.isSettled,
      examples: rejection.examples,
      report: `/drops/${name}/report.csv`,
    },
  };
}
