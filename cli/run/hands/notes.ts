import type { Ask, Found } from './found.js';

interface Acknowledged {
  readonly noted: {
    readonly id: string;
    readonly interface: string;
    readonly cause: string;
    readonly acknowledged: { readonly by: string; readonly why: string };
  };
}

/** Says that somebody sees to an incident. */
export async function acknowledge(
  ask: Ask,
  asked: { readonly id: string; readonly why: string },
): Promise<Found> {
  const { noted } = await ask<Acknowledged>(
    `mutation Acknowledge($id: ID!, $why: String!) {
      noted: acknowledgeIncident(id: $id, why: $why) { id interface cause acknowledged { at by why } } }`,
    asked,
  );
  const { by, why } = noted.acknowledged;
  return {
    value: noted,
    lines: [`${noted.interface} ${noted.cause}: 已知悉 acknowledged (${by}: ${why})`],
  };
}

interface Answered {
  readonly noted: {
    readonly id: string;
    readonly interface: string;
    readonly state: string;
    readonly answer: { readonly accepted: boolean; readonly text: string };
  };
}

/** Notes what a department answered. */
export async function answerCorrection(
  ask: Ask,
  {
    id,
    isAccepted: accepted,
    text,
  }: { readonly id: string; readonly isAccepted: boolean; readonly text: string },
): Promise<Found> {
  const { noted } = await ask<Answered>(
    `mutation Answer($id: ID!, $accepted: Boolean!, $text: String!) {
      noted: answerCorrection(id: $id, accepted: $accepted, text: $text) { id interface state answer { at by accepted text } } }`,
    { id, accepted, text },
  );
  const said = noted.answer.accepted ? '将改正 accepted' : '不改 refused';
  return { value: noted, lines: [`${noted.interface}: ${noted.state}, ${said} (${noted.answer.text})`] };
}

/** Marks corrections as sent to their department. @returns how many of them last and are marked now. */
export async function markSent(ask: Ask, ids: readonly string[]): Promise<number> {
  let marked = 0;
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const { noted } = await ask<{ readonly noted: readonly unknown[] }>(
      'mutation MarkSent($ids: [ID!]!) { noted: markCorrectionsSent(ids: $ids) { id } }',
      { ids: ids.slice(from, from + MOST_IDS) },
    );
    marked += noted.length;
  }
  return marked;
}

/** That are taken at once. */
const MOST_IDS = 200;
