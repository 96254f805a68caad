import { useSpeech } from '../words/speak.js';
import { useAge } from './county-time.js';

/** How long ago something was; its moment stands behind it. */
export function Ago({ moment }: { readonly moment: string | null | undefined }) {
  const { say, ago, moment: tell } = useSpeech();
  const age = useAge(moment);
  if (age === null || moment == null) return <>{say('unknown')}</>;
  return (
    <time dateTime={moment} title={tell(moment)}>
      {ago(Math.max(0, age))}
    </time>
  );
}

/** When a number was measured; nothing is shown without its age. */
export function Measured({ at }: { readonly at: string | null | undefined }) {
  const { say, ago } = useSpeech();
  const age = useAge(at);
  return <>{say('measuredAgo', { age: age === null ? say('unknown') : ago(Math.max(0, age)) })}</>;
}

export function Unknown() {
  const { say } = useSpeech();
  return <span className="muted">{say('unknown')}</span>;
}

/** Stands in a sentence where an age belongs. */
export const AGE = '\0';

/** A sentence with an age in it. */
export function Filled({
  text,
  moment,
}: {
  readonly text: string;
  readonly moment: string | null | undefined;
}) {
  const [before = '', after = ''] = text.split(AGE);
  return (
    <>
      {before}
      <Ago moment={moment} />
      {after}
    </>
  );
}
