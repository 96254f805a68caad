import { Alert } from 'antd';
import { useSpeech } from '../words/speak.js';
import { useNow } from './county-time.js';
import type { Polled } from './use-polled.js';

/** What is told where the gateway does not answer: how old what is shown is, or that nothing is known. */
export function AwayNotice({ data, at, failure }: Polled<unknown>) {
  const { say, ago, pick } = useSpeech();
  const now = useNow();
  if (failure === null) return null;
  const age = ago(Math.max(0, now - at) / 1000);
  return (
    <Alert
      type="error"
      showIcon
      className="away"
      title={data === null ? say('awayNothing') : say('away', { age })}
      description={failure === '' ? undefined : say('reason', { text: pick(failure) })}
    />
  );
}

/** How old everything on the page is. */
export function DataAge({ data, at }: Polled<unknown>) {
  const { say, ago } = useSpeech();
  const now = useNow();
  return (
    <span className="muted data-age" role="status">
      {say('gotAgo', { age: data === null ? say('unknown') : ago(Math.max(0, now - at) / 1000) })}
    </span>
  );
}
