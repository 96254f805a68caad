import type { Report } from '../queries/forms.js';
import { addressOfInterface } from '../route.js';
import { useSpeech } from '../words/speak.js';

interface Props {
  readonly steps: NonNullable<Report['steps']>;
  readonly calls: NonNullable<Report['calls']>;
  /** How long the whole request took. */
  readonly wholeMs: number;
}

/** Steps and calls as they began, each with its time in that of the request. */
export function Timeline({ steps, calls, wholeMs }: Props) {
  const { say, nameOf, number } = useSpeech();
  const rows = [
    ...steps.map((one, index) => ({
      ...one,
      key: `step ${index}`,
      sort: say('step'),
      name: one.subgraph,
      isInterface: false,
      more: '',
      rows: null,
    })),
    ...calls.map((one, index) => ({
      ...one,
      key: `call ${index}`,
      sort: say('call'),
      name: one.interface,
      isInterface: true,
      more: [
        one.operation,
        nameOf('RequestCallOrigin', one.origin),
        ...(one.retries > 0 ? [say('retries', { n: one.retries })] : []),
      ].join(' · '),
      rows: one.rows,
    })),
  ].sort((left, right) => left.startMs - right.startMs);
  const end = Math.max(wholeMs, ...rows.map(({ startMs, tookMs }) => startMs + tookMs), 1);
  if (rows.length === 0) return <p className="muted">{say('none')}</p>;
  return (
    <table className="listing timeline">
      <thead>
        <tr>
          <th scope="col">{say('kind')}</th>
          <th scope="col">{say('what')}</th>
          <th scope="col">{say('outcome')}</th>
          <th scope="col">{say('rowsRead')}</th>
          <th scope="col">{say('course')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => {
          const isOk = one.outcome === 'ok';
          return (
            <tr key={one.key}>
              <td data-label={say('kind')}>{one.sort}</td>
              <th scope="row">
                {one.isInterface ? <a href={addressOfInterface(one.name)}>{one.name}</a> : one.name}
                {one.more !== '' && <small>{one.more}</small>}
              </th>
              <td data-label={say('outcome')} className={isOk ? '' : 'is-beyond'}>
                {one.outcome}
              </td>
              <td data-label={say('rowsRead')}>{one.rows === null ? '—' : number(one.rows)}</td>
              <td data-label={say('course')}>
                <svg className="bar" viewBox={`0 0 ${end} 10`} preserveAspectRatio="none" aria-hidden="true">
                  <rect
                    className={isOk ? '' : 'is-failed'}
                    x={one.startMs}
                    width={Math.max(one.tookMs, end / 200)}
                    height="10"
                  />
                </svg>
                <small>
                  {say('began')} +{say('tookOf', { ms: number(Math.round(one.startMs)) })} · {say('took')}{' '}
                  {say('tookOf', { ms: number(Math.round(one.tookMs * 10) / 10) })}
                </small>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
