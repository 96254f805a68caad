import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Incident } from '../queries/forms.js';
import { addressOfInterface, addressOfRequest } from '../route.js';
import { useSpeech } from '../words/speak.js';
import { AGE, Filled } from './said.js';

interface Props {
  readonly incidents: readonly Incident[];
  /** Titles of interfaces by name; absent: all are of one, which need not be named. */
  readonly titles?: ReadonlyMap<string, string>;
  /** What is to be done about one that lasts and to which nobody sees yet. Absent: nothing. */
  readonly act?: (incident: Incident) => ReactNode;
}

export function SeverityTag({ severity }: Pick<Incident, 'severity'>) {
  const { say } = useSpeech();
  const word = severity === 'CRITICAL' ? 'critical' : 'warning';
  return <Tag className={`tag-${word}`}>{say(word)}</Tag>;
}

/** Incidents with cause, since when, and what ends them. */
export function IncidentList({ incidents, titles, act }: Props) {
  const { say, nameOf, pick, moment } = useSpeech();
  return (
    <ul className="incidents">
      {incidents.map((one) => (
        <li key={one.id} className={one.until === null ? 'is-open' : 'is-ended'}>
          <div className="incident-head">
            <SeverityTag severity={one.severity} />
            <strong>{nameOf('InterfaceIncidentCause', one.cause)}</strong>
            {one.about !== null && <code>{one.about}</code>}
            {titles !== undefined && <Whose name={one.interface} title={titles.get(one.interface)} />}
            <span className="muted incident-time">
              <Filled text={say('sinceAgo', { moment: moment(one.since), age: AGE })} moment={one.since} />
              {one.raised !== null && ` · ${say('raisedAt', { moment: moment(one.raised) })}`}
              {one.until !== null && ` · ${say('endedAt', { moment: moment(one.until) })}`}
              {one.times > 1 && ` · ${say('times', { n: one.times })}`}
            </span>
          </div>
          <p>{pick(one.detail)}</p>
          {one.acknowledged !== null && (
            <p className="acknowledged">
              {say('acknowledgedBy', { ...one.acknowledged, moment: moment(one.acknowledged.at) })}
            </p>
          )}
          {one.until === null && one.acknowledged === null && act?.(one)}
          <p className="muted">
            {one.until === null && `${say('heals', { text: pick(one.heals) })} `}
            {one.requestId !== null && (
              <>
                {say('request')} <RequestId id={one.requestId} />
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Disks and processes have incidents, too, and no page. */
function Whose({ name, title }: { readonly name: string; readonly title: string | undefined }) {
  return title === undefined ? <code>{name}</code> : <a href={addressOfInterface(name)}>{title}</a>;
}

/** Looks of the gateway itself have ids too, and are no requests. */
function RequestId({ id }: { readonly id: string }) {
  const shown = <code>{id}</code>;
  return id.startsWith('system-') ? shown : <a href={addressOfRequest(id)}>{shown}</a>;
}
