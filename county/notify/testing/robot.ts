import { createHmac } from 'node:crypto';
import { sendJson, startTestServer } from '../../../adapters/web/testing/test-server.js';

/** What a robot was told. */
interface RobotMessage {
  readonly title: string;
  readonly text: string;
}

/** A server that takes messages as a custom robot of 钉钉 does: always 200, with an `errcode`. */
export interface TestRobot {
  readonly url: string;
  readonly taken: RobotMessage[];
  /** Of the refused ones. */
  readonly refused: number[];
  /** Changed by tests. */
  readonly behaviour: {
    isAway: boolean;
    /** Takes so many, and answers none of what comes later, which it takes all the same. */
    answers: number;
  };
  close(): Promise<void>;
}

export const ROBOT_TOKEN = 'token-of-the-robot';
export const ROBOT_SECRET = 'SEC0123456789abcdef';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const PER_MINUTE = 20;

/** @param now by which it counts the messages of a minute. */
export async function startRobot(now: () => number): Promise<TestRobot> {
  const taken: RobotMessage[] = [];
  const refused: number[] = [];
  const behaviour = { isAway: false, answers: Number.POSITIVE_INFINITY };
  let arrived: number[] = [];
  const judge = (target: string, body: string): number => {
    const { searchParams } = new URL(target, 'http://robot');
    if (searchParams.get('access_token') !== ROBOT_TOKEN) return 300_001;
    const timestamp = searchParams.get('timestamp') ?? '';
    const sign = createHmac('sha256', ROBOT_SECRET).update(`${timestamp}\n${ROBOT_SECRET}`).digest('base64');
    if (Math.abs(Date.now() - Number(timestamp)) > HOUR_MS) return 310_000;
    if (searchParams.get('sign') !== sign) return 310_000;
    arrived = [...arrived.filter((at) => at > now() - MINUTE_MS), now()];
    if (arrived.length > PER_MINUTE) return 130_101;
    const { msgtype, markdown } = JSON.parse(body);
    if (msgtype !== 'markdown') return 400_101;
    taken.push(markdown);
    return 0;
  };
  const server = await startTestServer((request, response, body) => {
    if (behaviour.isAway) {
      request.socket.destroy();
      return;
    }
    const errcode = judge(request.url ?? '', body);
    if (errcode !== 0) refused.push(errcode);
    if (taken.length > behaviour.answers) return;
    sendJson(response, JSON.stringify({ errcode, errmsg: errcode === 0 ? 'ok' : 'refused' }));
  });
  return { url: `${server.url}/robot/send`, taken, refused, behaviour, close: server.close };
}
