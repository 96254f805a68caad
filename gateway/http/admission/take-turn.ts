import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Admission, Leave, Waiting, WorkKind } from './admission.js';
import { placeOf } from './place-of.js';

/** Waits until a request may begin. @returns null when it must not: it would be answered too late, or nobody waits any more. */
export function waitForTurn(
  admission: Admission,
  { raw }: FastifyRequest,
  reply: FastifyReply,
  kind: WorkKind,
): Leave | null | Promise<Leave | null> {
  const entered = admission.enter({ kind, key: placeOf(raw) });
  return entered === null || typeof entered === 'function' ? entered : waitOutTurn(entered, reply);
}

async function waitOutTurn({ turn, giveUp }: Waiting, reply: FastifyReply): Promise<Leave | null> {
  reply.raw.once('close', giveUp);
  const leave = await turn;
  reply.raw.off('close', giveUp);
  return leave;
}
