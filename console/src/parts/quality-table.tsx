import { Button } from 'antd';
import type { Measurement } from '../queries/forms.js';
import { useSpeech } from '../words/speak.js';
import { Ago } from './said.js';
import { isAmiss, measureName, showValue } from './show-value.js';

/** What is measured of each field. */
export const BY_FIELD = ['UNREADABLE', 'UNKNOWN_CODES'] as const;

interface Props {
  readonly measurements: readonly Measurement[];
  /** Of fields, by their names. */
  readonly titles: ReadonlyMap<string, string>;
  readonly onCourse: (of: Measurement) => void;
}

/** A row a field, those that are amiss first; each number leads to its course. */
export function QualityTable({ measurements, titles, onCourse }: Props) {
  const speech = useSpeech();
  const { say, pick } = speech;
  const fields = [...new Set(measurements.map(({ about }) => about))];
  const of = (field: string | null, measure: string): Measurement | undefined =>
    measurements.find((one) => one.about === field && one.measure === measure);
  const isFieldAmiss = (field: string | null): boolean =>
    measurements.some((one) => one.about === field && isAmiss(one) === true);
  const sorted = [...fields].sort((left, right) => Number(isFieldAmiss(right)) - Number(isFieldAmiss(left)));
  if (fields.length === 0) return <p className="muted">{say('unknown')}</p>;
  return (
    <table className="listing quality">
      <thead>
        <tr>
          <th scope="col">{say('field')}</th>
          {BY_FIELD.map((measure) => {
            const one = measurements.find((each) => each.measure === measure);
            return (
              <th key={measure} scope="col">
                {measureName(measure, speech)}
                {one !== undefined && one.threshold !== null && (
                  <small title={one.reason === null ? undefined : pick(one.reason)}>
                    {say('threshold')} {say('above', { value: showValue(one.threshold, one.unit, speech) })}
                  </small>
                )}
              </th>
            );
          })}
          <th scope="col">{say('measured')}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((field) => (
          <tr key={field}>
            <th scope="row">
              {titles.get(field ?? '') ?? field}
              {titles.has(field ?? '') && <small>{field}</small>}
            </th>
            {BY_FIELD.map((measure) => (
              <Cell
                key={measure}
                one={of(field, measure)}
                label={measureName(measure, speech)}
                onCourse={onCourse}
              />
            ))}
            <td data-label={say('measured')}>
              <Ago moment={measurements.find(({ about }) => about === field)?.takenAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps extends Pick<Props, 'onCourse'> {
  readonly one: Measurement | undefined;
  readonly label: string;
}

function Cell({ one, label, onCourse }: CellProps) {
  const speech = useSpeech();
  const { say } = speech;
  if (one === undefined) return <td data-label={label}>—</td>;
  const value = showValue(one.value, one.unit, speech);
  const amiss = isAmiss(one) === true;
  return (
    <td data-label={label} className={amiss ? 'is-beyond' : ''}>
      <Button
        type="text"
        size="small"
        aria-label={`${value} · ${say('showCourseOf', { measure: `${label} ${one.about}` })}`}
        onClick={() => onCourse(one)}
      >
        {value}
      </Button>
      {amiss && <em>{say('amiss')}</em>}
    </td>
  );
}
