import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Admission, Leave, WorkKind } from './admission.js';
import { placeOf } from './place-of.js';

/** Waits until a request may begin. @returns null when it must not: it would be answered too late, or nobody waits any more. */
export async function waitForTurn(
  admission: Admission,
  { raw }: FastifyRequest,
  reply: FastifyReply,
  kind: WorkKind,
): Promise<Leave | null> {
  const entered = admission.enter({ kind, key: placeOf(raw) });
  if (entered === null || typeof entered === 'function') return entered;
  reply.raw.once('close', entered.giveUp);
  const leave = await entered.turn;
  reply.raw.off('close', entered.giveUp);
  return leave;
}
