interface AskedMetric {
  /** Without the end of a histogram's series. */
  readonly name: string;
  readonly labels: readonly string[];
}

/** Metrics of an expression of Prometheus, with the labels that it asks of them. @param recorded names of rules, which it leaves out. */
export function askedMetrics(expr: string, recorded: ReadonlySet<string>): readonly AskedMetric[] {
  return [
    ...expr.matchAll(/(?<![\w:])((?:[a-z]+:)?(?:graph|nodejs|process)_[\w:]+)(?:\{([^}]*)\})?/g),
  ].flatMap(([, name = '', selector = '']) => {
    if (recorded.has(name)) return [];
    const labels = [...selector.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label);
    return [{ name: name.replace(/_(?:bucket|count|sum)$/, ''), labels }];
  });
}
