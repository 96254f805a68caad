import type { Listed } from '../queries/forms.js';
import { addressOfInterface } from '../route.js';
import { useSpeech } from '../words/speak.js';
import { DayStrip } from './day-strip.js';
import { type Group, splitTitle } from './groups.js';
import { AGE, Filled, Measured, Unknown } from './said.js';
import { VOLUME_CAUSES } from './show-value.js';
import { StateMark } from './state-mark.js';

interface Props {
  readonly groups: readonly Group[];
  readonly daysOf: ReadonlyMap<string, readonly (number | null)[] | null>;
  /** Causes of what is amiss now, by the name of the interface. */
  readonly causesOf: ReadonlyMap<string, ReadonlySet<string>>;
}

const NO_CAUSES: ReadonlySet<string> = new Set();

/** A row an interface; every number with its age. */
export function InterfaceTable({ groups, daysOf, causesOf }: Props) {
  const { say } = useSpeech();
  return (
    <table className="listing interfaces">
      <thead>
        <tr>
          <th scope="col">{say('state')}</th>
          <th scope="col">{say('interface')}</th>
          <th scope="col">{say('freshness')}</th>
          <th scope="col">{say('volume')}</th>
          <th scope="col">{say('quota')}</th>
          <th scope="col">{say('days')}</th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.department}>
          <tr className="group">
            <th scope="rowgroup" colSpan={6}>
              {group.title} <span className="count">{group.interfaces.length}</span>
            </th>
          </tr>
          {group.interfaces.map((one) => (
            <Row
              key={one.name}
              one={one}
              days={daysOf.get(one.name) ?? null}
              causes={causesOf.get(one.name) ?? NO_CAUSES}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

interface RowProps {
  readonly one: Listed;
  readonly days: readonly (number | null)[] | null;
  readonly causes: ReadonlySet<string>;
}

function Row({ one, days, causes }: RowProps) {
  const { say, share } = useSpeech();
  const { name, title, state, since, standing, sla } = one;
  return (
    <tr className={`interface is-${state ?? 'UNKNOWN'}`}>
      <td data-label={say('state')}>
        <StateMark state={state} />
        <small>{since === null ? say('unknown') : <Since at={since} />}</small>
      </td>
      <th scope="row">
        <a href={addressOfInterface(name)}>{splitTitle(title)[1]}</a>
        <small>
          {name} · <Filled text={say('lookedAgo', { age: AGE })} moment={standing?.lookedAt} />
        </small>
      </th>
      <Freshness of={one} causes={causes} />
      <Volume of={one} causes={causes} />
      <Quota of={one} causes={causes} />
      <td data-label={say('days')} className="cell-days">
        <DayStrip days={days} />
        <small>{say('uptime30', { share: sla?.uptime == null ? say('unknown') : share(sla.uptime) })}</small>
      </td>
    </tr>
  );
}

function Since({ at }: { readonly at: string }) {
  const { say, moment } = useSpeech();
  return <>{say('stateSince', { age: moment(at) })}</>;
}

interface CellProps {
  readonly of: Listed;
  readonly causes: ReadonlySet<string>;
}

function Freshness({ of: { freshness }, causes }: CellProps) {
  const { say, span } = useSpeech();
  if (freshness === null)
    return (
      <td data-label={say('freshness')}>
        <Unknown />
      </td>
    );
  const { value, threshold, takenAt } = freshness;
  const beyond = causes.has('LATE') || causes.has('WATERMARK_AHEAD');
  return (
    <td data-label={say('freshness')} className={beyond ? 'is-beyond' : ''}>
      {value < 0 ? say('ahead', { span: span(-value) }) : span(value)}
      {beyond && <em>{say('amiss')}</em>}
      <small>
        {threshold === null ? say('promisedNot') : say('promised', { span: span(threshold) })} ·{' '}
        <Measured at={takenAt} />
      </small>
    </td>
  );
}

function Volume({ of: { volume }, causes }: CellProps) {
  const { say, day, number, share } = useSpeech();
  if (volume === null)
    return (
      <td data-label={say('volume')}>
        <Unknown />
      </td>
    );
  const { byUsual } = volume;
  // A county has few rows a day: how far they are from what is usual says less than what the gateway makes of it.
  const beyond = VOLUME_CAUSES.some((cause) => causes.has(cause));
  return (
    <td data-label={say('volume')} className={beyond ? 'is-beyond' : ''}>
      {say('rowsOf', { day: day(volume.day), n: number(volume.rows) })}
      {beyond && <em>{say('amiss')}</em>}
      <small>
        {byUsual === null ? say('usualUnknown') : say('byUsual', { share: share(byUsual.value) })}
        {byUsual !== null && (
          <>
            {' · '}
            <Measured at={byUsual.takenAt} />
          </>
        )}
      </small>
    </td>
  );
}

function Quota({ of: { quota }, causes }: CellProps) {
  const { say, share } = useSpeech();
  const most = quota?.toSorted((left, right) => right.value - left.value)[0];
  if (most === undefined)
    return (
      <td data-label={say('quota')}>
        {quota === null ? <Unknown /> : <span className="muted">{say('noQuota')}</span>}
      </td>
    );
  const beyond = causes.has('QUOTA_NEAR');
  return (
    <td data-label={say('quota')} className={beyond ? 'is-beyond' : ''}>
      {share(most.value)}
      {beyond && <em>{say('amiss')}</em>}
      <small>
        {most.about !== null && `${most.about} · `}
        <Measured at={most.takenAt} />
      </small>
    </td>
  );
}
