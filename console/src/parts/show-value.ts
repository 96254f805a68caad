import type { Measurement } from '../queries/forms.js';
import { MEASURES } from '../words/measures.js';
import type { Speech } from '../words/speak.js';

/** A measured number as people read it. */
export function showValue(value: number, unit: string, { say, share, span, number }: Speech): string {
  switch (unit) {
    case 'YES':
      return say(value >= 0.5 ? 'yes' : 'no');
    case 'SHARE':
      return share(value);
    case 'SECONDS':
      return value < 0 ? `-${span(-value)}` : span(value);
    case 'ROWS':
      return say('rows', { n: number(value) });
    default:
      return number(value);
  }
}

/** Of incidents about numbers of rows. */
export const VOLUME_CAUSES = ['ROWS_FEW', 'ROWS_MANY', 'ROWS_NONE'] as const;

/** Null: it is told and not judged. */
export function isAmiss({
  value,
  threshold,
  isUpperLimit,
}: Pick<Measurement, 'value' | 'threshold' | 'isUpperLimit'>): boolean | null {
  if (threshold === null || isUpperLimit === null) return null;
  return isUpperLimit ? value > threshold : value < threshold;
}

/** What a measure is called; one that is not known yet, as the graph calls it. */
export function measureName(measure: string, { tongue, nameOf }: Pick<Speech, 'tongue' | 'nameOf'>): string {
  return MEASURES[measure]?.[tongue === 'zh' ? 0 : 1] ?? nameOf('InterfaceMeasure', measure);
}
