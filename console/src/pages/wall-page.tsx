import { Counts } from '../parts/counts.js';
import { CountyTime, countyNow, useNow } from '../parts/county-time.js';
import { AwayNotice, DataAge } from '../parts/data-age.js';
import { byUrgency, type Group, groupInterfaces, splitTitle } from '../parts/groups.js';
import { SeverityTag } from '../parts/incident-list.js';
import type { Leaving } from '../parts/leaving.js';
import { Ago } from '../parts/said.js';
import { StateShape } from '../parts/state-mark.js';
import { usePolled } from '../parts/use-polled.js';
import { type Incident, type Listed, OVERVIEW } from '../queries/forms.js';
import { useSpeech } from '../words/speak.js';

const REFRESH_MS = 30_000;
const NOTHING = {};
/** Lines of the comfortable height in four columns. */
const COMFORTABLE_LINES = 132;
/** As many as stand beside all interfaces on a screen of 1080 lines. */
const MOST_INCIDENTS = 9;

/** Everything on one screen that nobody touches: 1920 × 1080, dark. */
export function WallPage({ onRefused }: Leaving) {
  const { say, tongue, moment } = useSpeech();
  const polled = usePolled(OVERVIEW, NOTHING, { everyMs: REFRESH_MS, onRefused });
  const now = useNow();
  const { data, at } = polled;
  const countyAt = data?.dataHealth == null ? null : Date.parse(data.dataHealth.at);
  const county = countyNow({ countyAt, at }, now);
  const groups = data === null ? [] : groupInterfaces(data.interfaces, data.departments, tongue);
  return (
    <CountyTime value={county}>
      <main id="content" className="wall">
        <header>
          <h1>{say('title')}</h1>
          {data !== null && <Counts interfaces={data.interfaces} />}
          <span className="wall-clock">{county === null ? say('unknown') : moment(county)}</span>
          <DataAge {...polled} />
        </header>
        <AwayNotice {...polled} />
        {data !== null && (
          <div className="wall-body">
            <div className={`wall-groups ${isDense(groups) ? 'is-dense' : ''}`}>
              {groups.map((group) => (
                <section key={group.department}>
                  <h2>{group.title}</h2>
                  <ul>
                    {group.interfaces.map((one) => (
                      <Tile key={one.name} one={one} />
                    ))}
                  </ul>
                </section>
              ))}
            </div>
            <aside aria-label={say('openIncidents')}>
              <h2>
                {say('openIncidents')} <span className="count">{data.incidents.length}</span>
              </h2>
              <OpenIncidents incidents={data.incidents} interfaces={data.interfaces} />
              <p className="muted wall-legend">{say('wallLegend')}</p>
            </aside>
          </div>
        )}
      </main>
    </CountyTime>
  );
}

/** Whether lines must be lower to stand on one screen. */
function isDense(groups: readonly Group[]): boolean {
  const lines = groups.reduce((sum, { interfaces }) => sum + interfaces.length + 1.5, 0);
  return lines > COMFORTABLE_LINES;
}

/** An interface in a line: what is well says how old its data are, what is not says how it is. */
function Tile({ one: { title, state, freshness } }: { readonly one: Listed }) {
  const { span, say } = useSpeech();
  const isWell = state === 'WELL';
  const age = freshness === null ? say('ageUnknown') : span(Math.max(0, freshness.value));
  return (
    <li className={`tile is-${state ?? 'UNKNOWN'}`}>
      <StateShape state={state} />
      <span className="tile-title">{splitTitle(title)[1]}</span>
      <span className="tile-says">{isWell ? age : say(state ?? 'UNKNOWN')}</span>
    </li>
  );
}

interface OpenIncidentsProps {
  readonly incidents: readonly Incident[];
  readonly interfaces: readonly Listed[];
}

/** The worst first, as many as there is room for. */
function OpenIncidents({ incidents, interfaces }: OpenIncidentsProps) {
  const { say, nameOf, pick } = useSpeech();
  const titles = new Map(interfaces.map(({ name, title }) => [name, title]));
  const shown = byUrgency(incidents).slice(0, MOST_INCIDENTS);
  if (shown.length === 0) return <p className="muted">{say('noIncidents')}</p>;
  return (
    <>
      <ul className="wall-incidents">
        {shown.map((one) => (
          <li key={one.id} className={one.severity === 'CRITICAL' ? 'is-DOWN' : 'is-AMISS'}>
            <div>
              <SeverityTag severity={one.severity} />
              <strong>{nameOf('InterfaceIncidentCause', one.cause)}</strong>
              <span className="muted">
                <Ago moment={one.since} />
              </span>
            </div>
            <div>{titles.get(one.interface) ?? one.interface}</div>
            <p className="muted">{pick(one.detail)}</p>
          </li>
        ))}
      </ul>
      {incidents.length > shown.length && <p>{say('more', { n: incidents.length - shown.length })}</p>}
    </>
  );
}
