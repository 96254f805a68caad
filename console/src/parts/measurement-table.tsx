import { Button } from 'antd';
import type { Measurement } from '../queries/forms.js';
import { useSpeech } from '../words/speak.js';
import { Ago } from './said.js';
import { isAmiss, measureName, showValue, VOLUME_CAUSES } from './show-value.js';

interface Props {
  readonly measurements: readonly Measurement[];
  /** Of what is amiss with the interface now. */
  readonly causes: ReadonlySet<string>;
  readonly onCourse: (of: Measurement) => void;
}

/** What is measured now, against which limit and why. */
export function MeasurementTable({ measurements, causes, onCourse }: Props) {
  const speech = useSpeech();
  const { say, pick, nameOf } = speech;
  if (measurements.length === 0) return <p className="muted">{say('unknown')}</p>;
  return (
    <table className="listing measurements">
      <thead>
        <tr>
          <th scope="col">{say('measure')}</th>
          <th scope="col">{say('about')}</th>
          <th scope="col">{say('value')}</th>
          <th scope="col">{say('threshold')}</th>
          <th scope="col">{say('judged')}</th>
          <th scope="col">{say('measured')}</th>
          <th scope="col">
            <span className="unseen">{say('showCourse')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {measurements.map((one) => {
          const isFew = one.measure === 'ROWS_BY_USUAL' && !VOLUME_CAUSES.some((cause) => causes.has(cause));
          // A county has few rows a day: how far they are from what is usual says less than what the gateway makes of it.
          const isSpared = isFew && isAmiss(one) === true;
          const amiss = isSpared ? false : isAmiss(one);
          const name = measureName(one.measure, speech);
          const limit = one.threshold === null ? null : showValue(one.threshold, one.unit, speech);
          return (
            <tr key={`${one.measure} ${one.about}`} className={amiss === true ? 'is-beyond' : ''}>
              <th scope="row" data-label={say('measure')} title={nameOf('InterfaceMeasure', one.measure)}>
                {name}
              </th>
              <td data-label={say('about')}>{one.about ?? '—'}</td>
              <td data-label={say('value')} className="number">
                {showValue(one.value, one.unit, speech)}
              </td>
              <td data-label={say('threshold')}>
                {limit === null ? '—' : say(one.isUpperLimit === true ? 'above' : 'below', { value: limit })}
                {one.reason !== null && (
                  <small>
                    {say(one.isStated === true ? 'stated' : 'usual')} · {pick(one.reason)}
                  </small>
                )}
              </td>
              <td data-label={say('judged')}>
                {say(isSpared ? 'notCounted' : amiss === null ? 'notJudged' : amiss ? 'amiss' : 'within')}
              </td>
              <td data-label={say('measured')}>
                <Ago moment={one.takenAt} />
              </td>
              <td>
                <Button
                  size="small"
                  onClick={() => onCourse(one)}
                  aria-label={say('showCourseOf', {
                    measure: one.about === null ? name : `${name} ${one.about}`,
                  })}
                >
                  {say('showCourse')}
                </Button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
