import { ANONYMOUS } from './caller.js';
import { OpenCall } from './open-call.js';
import { type Crowd, SharedWork } from './shared-work.js';
import { WaiterLeft } from './waiter.js';

function openCall(timeMs = 60_000): OpenCall {
  return new OpenCall(
    { requestId: 'r', caller: ANONYMOUS, today: '2026-06-30' },
    timeMs,
    Date.now() + timeMs,
  );
}

/** Work that the test ends, and what it sees of those who wait. */
function open(): {
  work: SharedWork<string>;
  crowd: Crowd;
  end: (value: string) => void;
  gone: () => number;
} {
  let end = (_: string): void => undefined;
  let seen: Crowd | null = null;
  let gone = 0;
  const work = new SharedWork<string>((crowd) => {
    seen = crowd;
    crowd.onGone(() => {
      gone += 1;
    });
    return new Promise((resolve) => {
      end = resolve;
    });
  });
  if (seen === null) throw new Error('not begun');
  return { work, crowd: seen, end, gone: () => gone };
}

describe('SharedWork', () => {
  it('goes on for those who stay when one leaves', async () => {
    const { work, crowd, end, gone } = open();
    const [leaving, staying] = [openCall(), openCall()];
    const left = work.join(leaving);
    const stayed = work.join(staying);
    leaving.leave();
    await expect(left).rejects.toThrow(WaiterLeft);
    expect([crowd.isGone, gone()]).toEqual([false, 0]);
    end('done');
    expect(await stayed).toBe('done');
    staying.end();
  });

  it('tells when the last one has left, and is for whoever comes then', async () => {
    const { work, crowd, end, gone } = open();
    const first = openCall();
    const left = work.join(first);
    first.leave();
    await expect(left).rejects.toThrow(WaiterLeft);
    expect([crowd.isGone, gone()]).toEqual([true, 1]);
    const second = openCall();
    const stayed = work.join(second);
    expect(crowd.isGone).toBe(false);
    end('done');
    expect(await stayed).toBe('done');
    second.end();
  });

  it('counts a caller as gone whose time is up, before a late timer says so', () => {
    const { work, crowd } = open();
    const call = openCall(50);
    work.join(call).catch(() => undefined);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 60);
    expect(crowd.isGone).toBe(true);
    jest.restoreAllMocks();
    call.end();
  });

  it('is nobody’s to leave that nobody waits for', () => {
    const { work, crowd } = open();
    expect([crowd.isGone, work.isDropped]).toEqual([false, false]);
    crowd.drop();
    expect(work.isDropped).toBe(true);
  });
});
