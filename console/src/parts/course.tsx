import { lazy, Suspense, useCallback, useMemo } from 'react';
import { HISTORY, type Measurement } from '../queries/forms.js';
import { useSpeech } from '../words/speak.js';
import type { Leaving } from './leaving.js';
import { measureName, showValue } from './show-value.js';
import { usePolled } from './use-polled.js';

const LineChart = lazy(() => import('./line-chart.js'));

const REFRESH_MS = 300_000;
/** Their history is one series, whatever day they are of. */
const OF_DAYS = new Set(['ROWS_OF_DAY', 'ROWS_BY_USUAL']);

interface Props extends Leaving {
  readonly name: string;
  readonly of: Pick<Measurement, 'measure' | 'about' | 'unit' | 'threshold'>;
  /** Moment of the county from which on it is shown. */
  readonly from: string;
  readonly to: number;
  readonly isDark: boolean;
}

/** One measure of an interface over time. */
export function Course({
  name,
  of: { measure, about, unit, threshold },
  from,
  to,
  isDark,
  onRefused,
}: Props) {
  const speech = useSpeech();
  const { say, moment } = speech;
  const series = OF_DAYS.has(measure) ? null : about;
  const variables = useMemo(
    () => ({ names: [name], measure, about: series, from }),
    [name, measure, series, from],
  );
  const { data, failure } = usePolled(HISTORY, variables, { everyMs: REFRESH_MS, onRefused });
  const got = data?.interfaces[0]?.history ?? null;
  // So that the axis has whole hours where hours are shown.
  const scale =
    unit === 'SECONDS' ? scaleOf(Math.max(threshold ?? 0, ...(got ?? []).map(({ high }) => high))) : 1;
  // Whether it answered is, over a stretch of time, how often it did.
  const shownAs = unit === 'YES' ? 'SHARE' : unit;
  const show = useCallback(
    (value: number) => showValue(value * scale, shownAs, speech),
    [scale, shownAs, speech],
  );
  const points = useMemo(
    () =>
      got?.map(({ at, low, high, mean }) => ({
        at,
        low: low / scale,
        high: high / scale,
        mean: mean / scale,
      })) ?? null,
    [got, scale],
  );
  const title = `${measureName(measure, speech)}${series === null ? '' : ` · ${series}`}`;
  const means = points?.map(({ mean }) => mean) ?? [];
  const last = means.at(-1);
  return (
    <figure className="course">
      <figcaption>{title}</figcaption>
      {points === null && <p className="muted chart">{failure === null ? say('loading') : say('unknown')}</p>}
      {points !== null && last === undefined && <p className="muted chart">{say('noHistory')}</p>}
      {points !== null && last !== undefined && (
        <Suspense fallback={<p className="muted chart">{say('loading')}</p>}>
          <LineChart
            points={points}
            threshold={threshold === null ? null : threshold / scale}
            from={Date.parse(from)}
            most={unit === 'YES' ? 1 : null}
            to={to}
            show={show}
            showMoment={moment}
            isDark={isDark}
            label={say('chartSays', {
              measure: title,
              last: show(last),
              low: show(Math.min(...points.map(({ low }) => low))),
              high: show(Math.max(...points.map(({ high }) => high))),
            })}
          />
        </Suspense>
      )}
    </figure>
  );
}

/** Seconds of the unit in which a time so long is said. */
function scaleOf(seconds: number): number {
  if (seconds >= 3 * 86_400) return 86_400;
  if (seconds >= 3600) return 3600;
  return seconds >= 60 ? 60 : 1;
}
