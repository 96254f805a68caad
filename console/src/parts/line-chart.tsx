import { LineChart as Lines } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import * as charts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { Point } from '../queries/forms.js';

charts.use([Lines, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

/** A line through so few would hardly be seen. */
const FEW_POINTS = 20;

interface Props {
  readonly points: readonly Point[];
  readonly threshold: number | null;
  /** The time that is shown, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** No value is more; null: there is no such. */
  readonly most: number | null;
  /** A value as people read it. */
  readonly show: (value: number) => string;
  readonly showMoment: (at: number) => string;
  /** What the chart says, for those who do not see it. */
  readonly label: string;
  readonly isDark: boolean;
}

/** A measure over time, with the limit from which on it is amiss. Colours are those of the style sheet. */
export default function LineChart({
  points,
  threshold,
  from,
  to,
  most,
  show,
  showMoment,
  label,
  isDark,
}: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<charts.ECharts | null>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const drawn = charts.init(element);
    chart.current = drawn;
    const resized = new ResizeObserver(() => drawn.resize());
    resized.observe(element);
    return () => {
      resized.disconnect();
      drawn.dispose();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the style sheet's colours change with the theme.
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const style = getComputedStyle(element);
    const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
    const values = points.map(({ at, mean }) => [Date.parse(at), mean] as const);
    const isSparse = values.length < FEW_POINTS;
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: style.fontFamily },
        grid: { left: 8, right: 16, top: 16, bottom: 4, containLabel: true },
        tooltip: {
          trigger: 'axis',
          // Its HTML would bring styles of its own, which the page's policy forbids.
          renderMode: 'richText',
          backgroundColor: colour('card'),
          borderColor: colour('line'),
          textStyle: { color: colour('ink') },
          formatter: (shown: readonly { readonly value: readonly [number, number] }[]) => {
            const [first] = shown;
            return first === undefined ? '' : `${showMoment(first.value[0])}\n${show(first.value[1])}`;
          },
        },
        xAxis: {
          type: 'time',
          min: from,
          max: to,
          axisLabel: { color: colour('muted'), hideOverlap: true, formatter: (at: number) => showMoment(at) },
          axisLine: { lineStyle: { color: colour('line') } },
          splitNumber: 4,
        },
        yAxis: {
          type: 'value',
          ...(most !== null && { min: 0, max: most, interval: most / 4 }),
          axisLabel: { color: colour('muted'), formatter: show },
          splitLine: { lineStyle: { color: colour('line') } },
          splitNumber: 3,
        },
        series: [
          {
            type: 'line',
            data: values,
            showSymbol: isSparse,
            sampling: 'lttb',
            lineStyle: { width: 1.5, color: colour('accent') },
            itemStyle: { color: colour('accent') },
            ...(threshold !== null && {
              markLine: {
                silent: true,
                symbol: 'none',
                lineStyle: { color: colour('down'), type: 'dashed' },
                label: { formatter: show(threshold), color: colour('down'), position: 'insideEndTop' },
                data: [{ yAxis: threshold }],
              },
            }),
          },
          // Not seen: the axis is to reach as far as the limit.
          {
            type: 'line',
            silent: true,
            showSymbol: false,
            lineStyle: { opacity: 0 },
            data:
              threshold === null
                ? []
                : [
                    [from, threshold],
                    [to, threshold],
                  ],
          },
        ],
      },
      { notMerge: true },
    );
  }, [points, threshold, from, to, most, show, showMoment, isDark]);
  return <div ref={place} className="chart" role="img" aria-label={label} />;
}
