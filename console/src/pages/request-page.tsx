import { Descriptions } from 'antd';
import { useMemo } from 'react';
import { AwayNotice } from '../parts/data-age.js';
import type { Leaving } from '../parts/leaving.js';
import { Timeline } from '../parts/timeline.js';
import { usePolled } from '../parts/use-polled.js';
import { REQUEST, type Report } from '../queries/forms.js';
import { addressOfInterface } from '../route.js';
import { useSpeech } from '../words/speak.js';

/** What has been does not change; it may be forgotten. */
const REFRESH_MS = 600_000;

interface Props extends Leaving {
  readonly id: string;
}

/** How one request went: who asked what, what it cost, which calls it made, and what is missing in its answer. */
export function RequestPage({ id, onRefused }: Props) {
  const { say } = useSpeech();
  const variables = useMemo(() => ({ id }), [id]);
  const polled = usePolled(REQUEST, variables, { everyMs: REFRESH_MS, onRefused });
  const { data, failure } = polled;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <p className="way">
        <a href="#/">← {say('back')}</a>
      </p>
      <AwayNotice {...polled} />
      {data === null && failure === null && <p className="muted">{say('loading')}</p>}
      {data !== null && data.request === null && <h1>{say('requestNone', { id })}</h1>}
      {data?.request != null && <Told report={data.request} />}
    </main>
  );
}

function Told({ report }: { readonly report: Report }) {
  const { say } = useSpeech();
  return (
    <>
      <div className="page-head">
        <h1>{say('requestTitle')}</h1>
        <code>{report.id}</code>
      </div>
      <section>
        <Summary report={report} />
      </section>
      <section aria-labelledby="timeline-title">
        <h2 id="timeline-title">{say('timeline')}</h2>
        {report.steps === null || report.calls === null ? (
          <p className="muted">{say('timelineUnknown')}</p>
        ) : (
          <Timeline steps={report.steps} calls={report.calls} wholeMs={report.tookMs} />
        )}
        {report.omitted > 0 && <p className="muted">{say('omitted', { n: report.omitted })}</p>}
      </section>
      <section aria-labelledby="coverage-title">
        <h2 id="coverage-title">{say('coverage')}</h2>
        <Coverage coverage={report.coverage} />
      </section>
    </>
  );
}

function Summary({ report }: { readonly report: Report }) {
  const { say, nameOf, moment, number } = useSpeech();
  const { caller, role, operation, registered, errors, cost, origin, level, masks, planMs } = report;
  const unknown = <span className="muted">{say('unknown')}</span>;
  const took = say('tookOf', { ms: number(report.tookMs) });
  const items = [
    {
      key: 'outcome',
      label: say('outcome'),
      children: (
        <strong className={report.outcome === 'OK' ? '' : 'is-beyond'}>
          {nameOf('RequestOutcome', report.outcome)}
        </strong>
      ),
    },
    { key: 'errors', label: say('errors'), children: errors.length === 0 ? say('none') : errors.join('、') },
    {
      key: 'caller',
      label: say('caller'),
      children: caller === null ? unknown : [caller, role].filter((part) => part !== null).join(' · '),
    },
    { key: 'at', label: say('cameAt'), children: moment(report.at) },
    {
      key: 'operation',
      label: say('operation'),
      children: (
        <>
          {operation ?? say('none')}
          {registered !== null && ` · ${say('registeredAs', { name: registered })}`}
        </>
      ),
    },
    {
      key: 'took',
      label: say('took'),
      children: planMs === null ? took : `${took} · ${say('planned', { ms: number(planMs) })}`,
    },
    {
      key: 'cost',
      label: say('cost'),
      children: cost === null ? unknown : say('points', { n: number(cost) }),
    },
    {
      key: 'origin',
      label: say('origin'),
      children: origin === null ? unknown : nameOf('RequestOrigin', origin),
    },
    {
      key: 'level',
      label: say('level'),
      children: level === null ? unknown : `${level} ${nameOf('DataLevel', level)}`,
    },
    { key: 'masks', label: say('masks'), children: masks.length === 0 ? say('none') : masks.join('、') },
    { key: 'memory', label: say('memory'), children: nameOf('RequestMemory', report.memory) },
    {
      key: 'document',
      label: say('document'),
      children: report.documentHash === null ? say('none') : <code>{report.documentHash}</code>,
    },
  ];
  return <Descriptions bordered size="small" column={{ xs: 1, lg: 2 }} items={items} />;
}

function Coverage({ coverage }: Pick<Report, 'coverage'>) {
  const { say, nameOf, moment, pick } = useSpeech();
  if (coverage.length === 0) return <p className="muted">{say('noCoverage')}</p>;
  return (
    <table className="listing">
      <thead>
        <tr>
          <th scope="col">{say('interface')}</th>
          <th scope="col">{say('state')}</th>
          <th scope="col">{say('asOf')}</th>
          <th scope="col">{say('why')}</th>
        </tr>
      </thead>
      <tbody>
        {coverage.map(({ interface: name, state, asOf, reason }) => (
          <tr key={name}>
            <th scope="row">
              <a href={addressOfInterface(name)}>{name}</a>
            </th>
            <td data-label={say('state')} className={state === 'LIVE' ? '' : 'is-beyond'}>
              {state === null ? say('unknown') : nameOf('CoverageState', state)}
            </td>
            <td data-label={say('asOf')}>{asOf === null ? say('unknown') : moment(asOf)}</td>
            <td data-label={say('why')}>{reason === null ? '—' : pick(reason)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
