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

/** As `alerts.yml` is written. */
interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly (Alert | Recorded)[] }[];
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
  const { groups } = parse(readFileSync(file, 'utf8')) as RuleFile;
  const rules = groups.flatMap((group) => group.rules);
  return {
    alerts: rules.filter((rule) => 'alert' in rule),
    recorded: rules.filter((rule) => 'record' in rule),
  };
}

export function readIncidents(): readonly Incident[] {
  return parse(readFileSync(join(import.meta.dirname, 'incidents.yaml'), 'utf8')) as Incident[];
}

/** Files for `promtool test rules`, by name. */
export type RuleTests = ReadonlyMap<string, object>;

/**
 * Every incident, and two ordinary days. promtool carries out all rules of a file in each minute of a test: an incident is tried
 * with its alert and what that rests on alone, the ordinary days with all.
 */
export function ruleTests(rulesFile: string, { alerts }: Rules, incidents: readonly Incident[]): RuleTests {
  const whole = parse(readFileSync(rulesFile, 'utf8')) as RuleFile;
  const ordinary = parse(readFileSync(join(import.meta.dirname, 'ordinary.yaml'), 'utf8')) as Series;
  const days = {
    interval: '1m',
    name: 'two ordinary days',
    input_series: seriesOf(ordinary),
    alert_rule_test: alerts.flatMap(({ alert }) =>
      Array.from({ length: 48 }, (_, hour) => expectation(alert, `${hour * 60 + 20}m`, [])),
    ),
  };
  return new Map(
    [...new Set(incidents.map(({ alert }) => alert))]
      .flatMap((name): [string, object][] => {
        const one = alertOf(alerts, name);
        const own = incidents.filter(({ alert }) => alert === name);
        return [
          [`rules-${name}.yml`, rulesOf(whole, one)],
          [
            `test-${name}.yml`,
            testFile(
              `rules-${name}.yml`,
              own.map((incident) => incidentTest(incident, one)),
            ),
          ],
        ];
      })
      .concat([['test-ordinary.yml', testFile(rulesFile, [days])]]),
  );
}

function testFile(rulesFile: string, tests: readonly object[]): object {
  return { rule_files: [rulesFile], evaluation_interval: '1m', tests };
}

/** One alert, and what is kept of the expressions that it asks for. */
function rulesOf({ groups }: RuleFile, { alert, expr }: Alert): RuleFile {
  const needed = new Set<string>();
  const recorded = groups.flatMap(({ rules }) => rules).flatMap((rule) => ('record' in rule ? [rule] : []));
  const need = (asked: string): void => {
    for (const { record, expr: of } of recorded) {
      if (needed.has(record) || !asked.includes(record)) continue;
      needed.add(record);
      need(of);
    }
  };
  need(expr);
  return {
    groups: groups.map((group) => ({
      ...group,
      rules: group.rules.filter((rule) =>
        'record' in rule ? needed.has(rule.record) : rule.alert === alert,
      ),
    })),
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
