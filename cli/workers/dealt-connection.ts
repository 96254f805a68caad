/** Beside each connection that a keeper gives a worker. */
export const DEALT = { dealt: 'connection' } as const;

export function isDealt(message: unknown): boolean {
  return (message as Partial<typeof DEALT> | null)?.dealt === DEALT.dealt;
}
