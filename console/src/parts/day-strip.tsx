import { memo, use } from 'react';
import { useSpeech } from '../words/speak.js';
import { CountyTime } from './county-time.js';

const DAY_MS = 86_400_000;
const [STEP, WIDTH, HEIGHT] = [3, 2, 20];

/** How a day went; below 99 % is the usual promise broken. */
type Sort = 'whole' | 'some' | 'broken' | 'unknown';

function sortOf(share: number | null): Sort {
  if (share === null) return 'unknown';
  if (share >= 0.9995) return 'whole';
  return share >= 0.99 ? 'some' : 'broken';
}

/** A bar a day: one path for all days of a sort, since ninety interfaces have eight thousand of them. */
function pathOf(days: readonly (number | null)[], sort: Sort): string {
  return days
    .map((share, index) => {
      if (sortOf(share) !== sort) return '';
      const height = sort === 'unknown' ? 4 : HEIGHT * Math.max(0.2, share ?? 0);
      return `M${index * STEP} ${HEIGHT}v${-Math.round(height * 10) / 10}h${WIDTH}V${HEIGHT}z`;
    })
    .join('');
}

const SORTS: readonly Sort[] = ['whole', 'some', 'broken', 'unknown'];

/** The share of looks that was answered on each of the last days, today's last. */
export const DayStrip = memo(({ days }: { readonly days: readonly (number | null)[] | null }) => {
  const { say, share, day } = useSpeech();
  const now = use(CountyTime);
  if (days === null || days.length === 0) return <span className="muted">{say('unknown')}</span>;
  const failed = days.flatMap((one, index) => (one !== null && one < 0.9995 ? [{ one, index }] : []));
  const worst = failed.toSorted((left, right) => left.one - right.one)[0];
  const told = say('stripSays', {
    bad: failed.length,
    unknown: days.filter((one) => one === null).length,
    worst:
      worst === undefined || now === null
        ? ''
        : say('stripWorst', {
            day: day(now - (days.length - 1 - worst.index) * DAY_MS),
            share: share(worst.one),
          }),
  });
  return (
    <svg
      className="strip"
      viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
    >
      <title>{told}</title>
      {SORTS.map((sort) => (
        <path key={sort} className={`is-${sort}`} d={pathOf(days, sort)} />
      ))}
    </svg>
  );
});
