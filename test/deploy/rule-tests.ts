import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** An alert as `alerts.yml` says it. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
}

/** What Prometheus keeps of an expression. */
interface Recorded {
  readonly record: string;
  readonly expr: string;
}

export interface Rules {
  readonly alerts: readonly Alert[];
  readonly recorded: readonly Recorded[];
}

type Series = Readonly<Record<string, string>>;

/** A line of `incidents.yaml`; moments as promtool reads them. */
export interface Incident {
  readonly alert: string;
  readonly incident: string;
  readonly series: Series;
  readonly labels: Readonly<Record<string, string>>;
  readonly quiet: string;
  readonly fires: string;
  readonly over: string;
}

export function readRules(file: string): Rules {
  const { groups } = parse(readFileSync(file, 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly (Alert | Recorded)[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  return {
    alerts: rules.filter((rule) => 'alert' in rule),
    recorded: rules.filter((rule) => 'record' in rule),
  };
}

export function readIncidents(): readonly Incident[] {
  return parse(readFileSync(join(import.meta.dirname, 'incidents.yaml'), 'utf8')) as Incident[];
}

/** Every incident, and two ordinary days, as `promtool test rules` reads them. */
export function ruleTests(rulesFile: string, { alerts }: Rules, incidents: readonly Incident[]): object {
  const ordinary = parse(readFileSync(join(import.meta.dirname, 'ordinary.yaml'), 'utf8')) as Series;
  return {
    rule_files: [rulesFile],
    evaluation_interval: '1m',
    tests: [
      ...incidents.map((incident) => incidentTest(incident, alertOf(alerts, incident.alert))),
      {
        interval: '1m',
        name: 'two ordinary days',
        input_series: seriesOf(ordinary),
        alert_rule_test: alerts.flatMap(({ alert }) =>
          Array.from({ length: 48 }, (_, hour) => expectation(alert, `${hour * 60 + 20}m`, [])),
        ),
      },
    ],
  };
}

function incidentTest({ incident, series, labels, quiet, fires, over }: Incident, one: Alert): object {
  const { alert, annotations } = one;
  const summary = annotations.summary.replace(
    /\{\{ \$labels\.(\w+) \}\}/g,
    (_, name: string) => labels[name] ?? '',
  );
  const expected = {
    exp_labels: { ...one.labels, ...labels },
    exp_annotations: { ...annotations, summary },
  };
  return {
    interval: '1m',
    name: `${alert}: ${incident}`,
    input_series: seriesOf(series),
    alert_rule_test: [
      expectation(alert, quiet, []),
      expectation(alert, fires, [expected]),
      expectation(alert, over, []),
    ],
  };
}

function expectation(alertname: string, at: string, expected: readonly object[]): object {
  return { alertname, eval_time: at, exp_alerts: expected };
}

function seriesOf(series: Series): readonly object[] {
  return Object.entries(series).map(([name, values]) => ({ series: name, values }));
}

function alertOf(alerts: readonly Alert[], name: string): Alert {
  const found = alerts.find(({ alert }) => alert === name);
  if (found === undefined) throw new Error(`there is no alert ${name}`);
  return found;
}
