import { Descriptions, Segmented } from 'antd';
import { type ComponentProps, type ReactNode, useMemo } from 'react';
import { CountyTime, countyNow, useNow } from '../parts/county-time.js';
import { Course } from '../parts/course.js';
import { AwayNotice, DataAge } from '../parts/data-age.js';
import { DayStrip } from '../parts/day-strip.js';
import { Acknowledge, Hands } from '../parts/hands.js';
import { IncidentList } from '../parts/incident-list.js';
import type { Leaving } from '../parts/leaving.js';
import { MeasurementTable } from '../parts/measurement-table.js';
import { BY_FIELD, QualityTable } from '../parts/quality-table.js';
import { AGE, Filled, Measured } from '../parts/said.js';
import { StateMark } from '../parts/state-mark.js';
import { useMay } from '../parts/use-may.js';
import { usePolled } from '../parts/use-polled.js';
import { INTERFACE, type Measurement, type OneInterface } from '../queries/forms.js';
import { choose, type Route } from '../route.js';
import { useSpeech } from '../words/speak.js';

const REFRESH_MS = 30_000;
const HOUR_MS = 3_600_000;
const STEP_MS = 300_000;
const RANGES = { h24: 24, d7: 168, d30: 720, d90: 2160 } as const;
type Range = keyof typeof RANGES;
/** Of those that there are, the first four are drawn. */
const DRAWN = [
  'ANSWER_TIME',
  'WATERMARK_AGE',
  'ROWS_OF_DAY',
  'SNAPSHOT_AGE',
  'QUOTA_USED',
  'DROP_ROWS',
  'UNRESOLVED',
  'REACHABLE',
];
const isByField = ({ measure }: Measurement): boolean => BY_FIELD.some((one) => one === measure);

interface Props extends Leaving {
  readonly name: string;
  readonly isDark: boolean;
  readonly route: Route;
}

/** All that is known of one interface. */
export function InterfacePage({ name, isDark, route, onRefused }: Props) {
  const { say } = useSpeech();
  const variables = useMemo(() => ({ names: [name] }), [name]);
  const polled = usePolled(INTERFACE, variables, { everyMs: REFRESH_MS, onRefused });
  const now = useNow();
  const { data, at } = polled;
  const countyAt = data?.dataHealth == null ? null : Date.parse(data.dataHealth.at);
  const county = countyNow({ countyAt, at }, now);
  const one = data?.interfaces[0];
  const may = useMay();
  // What is another county's is held back there.
  const acts = may && one?.county === null ? { onDone: polled.again, onRefused } : null;
  return (
    <CountyTime value={county}>
      <main id="content" className="page" tabIndex={-1}>
        <p className="way">
          <a href="#/">← {say('back')}</a>
          <DataAge {...polled} />
        </p>
        <AwayNotice {...polled} />
        {data === null && polled.failure === null && <p className="muted">{say('loading')}</p>}
        {data !== null && one === undefined && <h1>{say('notFound', { name })}</h1>}
        {one !== undefined && (
          <>
            <Head one={one} />
            <HeldBack one={one} />
            {acts !== null && <Hands one={one} {...acts} />}
            <Incidents one={one} acts={acts} />
            <div className="columns">
              <About one={one} />
              <Service one={one} />
            </div>
            <Courses one={one} countyAt={countyAt} isDark={isDark} route={route} onRefused={onRefused} />
          </>
        )}
      </main>
    </CountyTime>
  );
}

function Head({ one: { title, name, state, since, standing } }: { readonly one: OneInterface }) {
  const { say, moment } = useSpeech();
  return (
    <div className="page-head">
      <h1>{title}</h1>
      <StateMark state={state} />
      <span className="muted">
        <code>{name}</code>
        {since !== null && ` · ${say('stateSince', { age: moment(since) })}`}
        {' · '}
        <Measured at={standing?.lookedAt} />
      </span>
    </div>
  );
}

/** What somebody holds back of it, until when and why. */
function HeldBack({ one: { paused, breakerOpened } }: { readonly one: OneInterface }) {
  const { say, moment } = useSpeech();
  const held = paused ?? breakerOpened;
  if (held === null) return null;
  const { by, why, until } = held;
  return (
    <p className="held-back">
      {say(paused === null ? 'cutOffUntil' : 'pausedUntil', { by, why, until: moment(until) })}
    </p>
  );
}

interface IncidentsProps {
  readonly one: OneInterface;
  /** Null: he may not act. */
  readonly acts: Omit<ComponentProps<typeof Acknowledge>, 'id'> | null;
}

function Incidents({ one: { incidents }, acts }: IncidentsProps) {
  const { say } = useSpeech();
  return (
    <section aria-labelledby="incidents-title">
      <h2 id="incidents-title">{say('incidentsOf')}</h2>
      {incidents === null && <p className="muted">{say('unknown')}</p>}
      {incidents?.length === 0 && <p className="muted">{say('noIncidentsEver')}</p>}
      {incidents !== null && incidents.length > 0 && (
        <IncidentList
          incidents={incidents}
          {...(acts !== null && { act: ({ id }) => <Acknowledge id={id} {...acts} /> })}
        />
      )}
    </section>
  );
}

function About({ one }: { readonly one: OneInterface }) {
  const { say, nameOf, span, number, pick } = useSpeech();
  const { catalogue, snapshot, drift } = one;
  const item = (word: Parameters<typeof say>[0], children: ReactNode) => ({
    key: word,
    label: say(word),
    children: children ?? <span className="muted">{say('unknown')}</span>,
  });
  const items = [
    item('contact', one.contact),
    ...(one.county === null ? [] : [item('county', one.county)]),
    item('provides', one.kind === null ? say('facetsOnly') : nameOf('InterfaceKind', one.kind)),
    item('fieldsCount', say('fieldsN', { n: one.fields.length })),
    item(
      'access',
      one.lookupOnly
        ? say('lookupOnly')
        : one.requires.length > 0
          ? say('requires', { list: one.requires.join('、') })
          : say('anyFilter'),
    ),
    item(
      'share',
      catalogue === null
        ? null
        : [nameOf('SharingAttribute', catalogue.share), catalogue.conditions].filter(Boolean).join(' · '),
    ),
    item('basis', catalogue?.basis),
    item('updates', catalogue?.updatesEverySeconds == null ? null : span(catalogue.updatesEverySeconds)),
    item('level', catalogue === null ? null : `${catalogue.level} ${nameOf('DataLevel', catalogue.level)}`),
    item(
      'snapshot',
      snapshot === null ? (
        say('none')
      ) : (
        <>
          <Filled
            text={say('snapshotRead', {
              rows: snapshot.rows === null ? say('unknown') : number(snapshot.rows),
              n: snapshot.readings,
              failures: snapshot.failures,
              age: AGE,
            })}
            moment={snapshot.readAt}
          />
          {snapshot.lastFailure !== null && (
            <p className="is-beyond">{say('snapshotFailed', { text: pick(snapshot.lastFailure) })}</p>
          )}
        </>
      ),
    ),
    ...(one.drop === null ? [] : [item('drop', <Drop drop={one.drop} />)]),
    item(
      'drift',
      drift === null ? null : (
        <Filled
          text={say('driftSays', {
            missing: drift.missing,
            retyped: drift.retyped,
            added: drift.added,
            age: AGE,
          })}
          moment={drift.lookedAt}
        />
      ),
    ),
  ];
  return (
    <section aria-labelledby="about-title">
      <h2 id="about-title">{say('mapping')}</h2>
      <Descriptions bordered size="small" column={1} items={items} />
    </section>
  );
}

/** The file that serves, and why the last one that was not taken was not. */
function Drop({ drop: { serving, rejected } }: { readonly drop: NonNullable<OneInterface['drop']> }) {
  const { say, number, pick } = useSpeech();
  return (
    <div className="drop">
      {serving === null ? (
        <p>{say('dropNone')}</p>
      ) : (
        <p>
          <Filled
            text={say('dropServing', { rows: number(serving.rows), age: AGE })}
            moment={serving.received}
          />
        </p>
      )}
      {serving?.notes.map((note) => (
        <p key={note} className="muted">
          {pick(note)}
        </p>
      ))}
      {rejected !== null && (
        <>
          <p className={rejected.isSettled ? '' : 'is-beyond'}>
            <Filled text={say('dropRejected', { n: rejected.reasons, age: AGE })} moment={rejected.at} />
          </p>
          <ul>
            {rejected.examples.map((example) => (
              <li key={example}>{pick(example)}</li>
            ))}
          </ul>
          <p className="muted">{say(rejected.isSettled ? 'dropSettled' : 'dropReport')}</p>
        </>
      )}
    </div>
  );
}

function Service({ one: { sla } }: { readonly one: OneInterface }) {
  const { say, share, number } = useSpeech();
  const told = (value: number | null | undefined, show: (value: number) => string): string =>
    value == null ? say('unknown') : show(value);
  const burn = (value: number): string => say('burnRate', { n: number(Math.round(value * 10) / 10) });
  return (
    <section aria-labelledby="service-title">
      <h2 id="service-title">{say('service')}</h2>
      <div className="service-strip">
        <DayStrip days={sla?.days ?? null} />
      </div>
      <dl className="figures">
        <div>
          <dt>{say('uptime')}</dt>
          <dd>{told(sla?.uptime, share)}</dd>
        </div>
        <div>
          <dt>{say('target')}</dt>
          <dd>{told(sla?.target, share)}</dd>
        </div>
        <div>
          <dt>{say('budget')}</dt>
          <dd>{told(sla?.budgetLeft, share)}</dd>
        </div>
        <div>
          <dt>{say('burn1h')}</dt>
          <dd>{told(sla?.burn1h, burn)}</dd>
        </div>
        <div>
          <dt>{say('burn6h')}</dt>
          <dd>{told(sla?.burn6h, burn)}</dd>
        </div>
      </dl>
    </section>
  );
}

interface CoursesProps extends Leaving {
  readonly one: OneInterface;
  readonly countyAt: number | null;
  readonly isDark: boolean;
  readonly route: Route;
}

function keyOf({ measure, about }: Pick<Measurement, 'measure' | 'about'>): string {
  return about === null ? measure : `${measure}.${about}`;
}

function Courses({ one, countyAt, isDark, route, onRefused }: CoursesProps) {
  const { say } = useSpeech();
  const asked = route.search.get('range') ?? '';
  const range: Range = Object.hasOwn(RANGES, asked) ? (asked as Range) : 'h24';
  // As seldom as what is not told with every look is measured.
  const until = countyAt === null ? null : Math.ceil(countyAt / STEP_MS) * STEP_MS;
  const measurements = one.measurements ?? [];
  const chosen = measurements.find((each) => keyOf(each) === route.search.get('course'));
  const drawn = DRAWN.flatMap((measure) => measurements.find((each) => each.measure === measure) ?? []).slice(
    0,
    4,
  );
  const all = chosen === undefined || drawn.includes(chosen) ? drawn : [chosen, ...drawn];
  const show = (of: Measurement): void => {
    choose(route, 'course', keyOf(of));
    document.getElementById('courses-title')?.scrollIntoView();
  };
  return (
    <>
      <section aria-labelledby="courses-title">
        <div className="section-head">
          <h2 id="courses-title">{say('courses')}</h2>
          <Segmented<Range>
            aria-label={say('range')}
            value={range}
            onChange={(value) => choose(route, 'range', value)}
            options={(Object.keys(RANGES) as Range[]).map((value) => ({ value, label: say(value) }))}
          />
        </div>
        {until === null || all.length === 0 ? (
          <p className="muted">{say('unknown')}</p>
        ) : (
          <div className="courses">
            {all.map((of) => (
              <Course
                key={keyOf(of)}
                name={one.name}
                of={of}
                to={until}
                from={new Date(until - RANGES[range] * HOUR_MS).toISOString()}
                isDark={isDark}
                onRefused={onRefused}
              />
            ))}
          </div>
        )}
      </section>
      <section aria-labelledby="quality-title">
        <h2 id="quality-title">{say('quality')}</h2>
        <QualityTable
          measurements={measurements.filter(isByField)}
          titles={new Map(one.catalogue?.fields.map(({ name, title }) => [name, title]))}
          onCourse={show}
        />
      </section>
      <section aria-labelledby="others-title">
        <h2 id="others-title">{say('others')}</h2>
        <MeasurementTable
          measurements={measurements.filter((each) => !isByField(each))}
          causes={new Set(one.incidents?.filter(({ until }) => until === null).map(({ cause }) => cause))}
          onCourse={show}
        />
      </section>
    </>
  );
}
