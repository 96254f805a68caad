import { Input, Segmented, Select } from 'antd';
import { useDeferredValue, useMemo } from 'react';
import { Counts } from '../parts/counts.js';
import { CountyTime, countyNow, useNow } from '../parts/county-time.js';
import { AwayNotice, DataAge } from '../parts/data-age.js';
import { byUrgency, groupInterfaces, STATES } from '../parts/groups.js';
import { IncidentList } from '../parts/incident-list.js';
import { InterfaceTable } from '../parts/interface-table.js';
import type { Leaving } from '../parts/leaving.js';
import { usePolled } from '../parts/use-polled.js';
import { DAYS, OVERVIEW, type Overview } from '../queries/forms.js';
import { choose, type Route } from '../route.js';
import { useSpeech } from '../words/speak.js';

const REFRESH_MS = 30_000;
/** Days change slowly, and are long. */
const DAYS_MS = 600_000;
const NOTHING = {};

interface Props extends Leaving {
  readonly route: Route;
}

/** All interfaces by department, and what is amiss. */
export function OverviewPage({ route, onRefused }: Props) {
  const { say } = useSpeech();
  const polled = usePolled(OVERVIEW, NOTHING, { everyMs: REFRESH_MS, onRefused });
  const { data: days } = usePolled(DAYS, NOTHING, { everyMs: DAYS_MS, onRefused });
  const daysOf = useMemo(
    () => new Map(days?.interfaces.map(({ name, sla }) => [name, sla?.days ?? null])),
    [days],
  );
  const now = useNow();
  const { data, at } = polled;
  const countyAt = data?.dataHealth == null ? null : Date.parse(data.dataHealth.at);
  return (
    <CountyTime value={countyNow({ countyAt, at }, now)}>
      <main id="content" className="page" tabIndex={-1}>
        <div className="page-head">
          <h1>{say('overview')}</h1>
          {data !== null && <Counts interfaces={data.interfaces} />}
          <DataAge {...polled} />
        </div>
        <AwayNotice {...polled} />
        {data === null && polled.failure === null && <p className="muted">{say('loading')}</p>}
        {data !== null && (
          <>
            <section aria-labelledby="incidents-title">
              <h2 id="incidents-title">
                {say('openIncidents')} <span className="count">{data.incidents.length}</span>
              </h2>
              {data.incidents.length === 0 ? (
                <p className="muted">{say('noIncidents')}</p>
              ) : (
                <IncidentList
                  incidents={byUrgency(data.incidents)}
                  titles={new Map(data.interfaces.map(({ name, title }) => [name, title]))}
                />
              )}
            </section>
            <Filtered route={route} data={data} daysOf={daysOf} />
          </>
        )}
      </main>
    </CountyTime>
  );
}

interface FilteredProps {
  readonly route: Route;
  readonly data: Overview;
  readonly daysOf: ReadonlyMap<string, readonly (number | null)[] | null>;
}

/** The interfaces that are chosen; what is chosen stands in the address. */
function Filtered({ route, data, daysOf }: FilteredProps) {
  const { say, tongue } = useSpeech();
  const { search } = route;
  const [department, state, text] = ['department', 'state', 'text'].map((name) => search.get(name) ?? '');
  const sought = useDeferredValue(text ?? '');
  const all = useMemo(() => groupInterfaces(data.interfaces, data.departments, tongue), [data, tongue]);
  const groups = useMemo(() => {
    const words = sought.toLowerCase().split(/\s+/);
    return all
      .filter((group) => department === '' || group.department === department)
      .map((group) => ({
        ...group,
        interfaces: group.interfaces.filter((one) => {
          const told = `${one.name} ${one.title} ${group.title}`.toLowerCase();
          return (
            (state === '' || (one.state ?? 'UNKNOWN') === state) && words.every((word) => told.includes(word))
          );
        }),
      }))
      .filter(({ interfaces }) => interfaces.length > 0);
  }, [all, department, state, sought]);
  const causesOf = useMemo(() => {
    const causes = new Map<string, Set<string>>();
    for (const { interface: name, cause } of data.incidents)
      causes.set(name, (causes.get(name) ?? new Set()).add(cause));
    return causes;
  }, [data]);
  const shown = groups.reduce((sum, { interfaces }) => sum + interfaces.length, 0);
  return (
    <section aria-labelledby="interfaces-title">
      <div className="section-head">
        <h2 id="interfaces-title">{say('byDepartment')}</h2>
        <fieldset className="filters">
          <legend className="unseen">{say('filters')}</legend>
          <Select
            aria-label={say('department')}
            className="filter-department"
            value={department ?? ''}
            onChange={(value) => choose(route, 'department', value)}
            options={[
              { value: '', label: say('allDepartments') },
              ...all.map((group) => ({ value: group.department, label: group.title })),
            ]}
          />
          <Segmented
            aria-label={say('state')}
            value={state ?? ''}
            onChange={(value) => choose(route, 'state', value)}
            options={[
              { value: '', label: say('allStates') },
              ...STATES.map((value) => ({ value, label: say(value) })),
            ]}
          />
          <Input
            aria-label={say('search')}
            className="filter-text"
            allowClear
            placeholder={say('search')}
            value={text ?? ''}
            onChange={({ target }) => choose(route, 'text', target.value)}
          />
        </fieldset>
        <span className="muted" role="status">
          {say('shown', { n: shown, all: data.interfaces.length })}
        </span>
      </div>
      {shown === 0 ? (
        <p className="muted">{say('nothingFound')}</p>
      ) : (
        <InterfaceTable groups={groups} daysOf={daysOf} causesOf={causesOf} />
      )}
    </section>
  );
}
