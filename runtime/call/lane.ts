/**
 * Whether somebody sits and waits for an answer, or it is work that takes its time: readings of whole sources, exports.
 * The second never keeps the first waiting longer than the exchange with a source that is already running.
 */
export type Lane = 'interactive' | 'background';

/** Tells a subgraph on another machine which it is. Absent: interactive. */
export const LANE_HEADER = 'x-lane';

export function decodeLane(header: unknown): Lane {
  return header === 'background' ? 'background' : 'interactive';
}
