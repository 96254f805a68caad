import schemaWords from 'virtual:schema-words';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { WORDS, type Word } from './words.js';

export type Tongue = 'zh' | 'en';
type Values = Readonly<Record<string, string | number>>;

/** How the page speaks. Moments and days are those of the county, wherever the screen stands. */
export interface Speech {
  readonly tongue: Tongue;
  readonly change: (tongue: Tongue) => void;
  readonly say: (word: Word, values?: Values) => string;
  /** A value of one of the graph's enums; one that is not known yet, as it is. */
  readonly nameOf: (enumName: string, value: string) => string;
  /** What the gateway said in both tongues, Chinese first. */
  readonly pick: (text: string) => string;
  /** `3 小时前`. @param seconds positive: ago. */
  readonly ago: (seconds: number) => string;
  /** `26 小时`. */
  readonly span: (seconds: number) => string;
  readonly share: (value: number) => string;
  readonly number: (value: number) => string;
  /** `6月30日 12:05` */
  readonly moment: (at: string | number) => string;
  readonly day: (at: string | number) => string;
}

const KEY = 'enforcement-graph.tongue';
const COUNTY = 'Asia/Shanghai';
/** Seconds. */
const JUST_NOW = 5;
const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
  ['millisecond', 0.001],
] as const;

const Context = createContext<Speech | null>(null);

export function Speaking({ children }: { readonly children: ReactNode }) {
  const [tongue, setTongue] = useState<Tongue>(localStorage.getItem(KEY) === 'en' ? 'en' : 'zh');
  const speech = useMemo(
    () =>
      speechOf(tongue, (next) => {
        localStorage.setItem(KEY, next);
        setTongue(next);
      }),
    [tongue],
  );
  useEffect(() => {
    document.documentElement.lang = localeOf(tongue);
    document.title = speech.say('title');
  }, [tongue, speech]);
  return <Context value={speech}>{children}</Context>;
}

export function useSpeech(): Speech {
  const speech = use(Context);
  if (speech === null) throw new Error('Cannot speak: there must be <Speaking> around, but there is none');
  return speech;
}

function localeOf(tongue: Tongue): string {
  return tongue === 'zh' ? 'zh-CN' : 'en-GB';
}

function speechOf(tongue: Tongue, change: Speech['change']): Speech {
  const locale = localeOf(tongue);
  const place = tongue === 'zh' ? 0 : 1;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const unit = new Map(
    UNITS.map(([name]) => [
      name,
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: name,
        unitDisplay: 'short',
        maximumFractionDigits: 1,
      }),
    ]),
  );
  const at = new Intl.DateTimeFormat(locale, {
    timeZone: COUNTY,
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat(locale, { timeZone: COUNTY, month: 'short', day: 'numeric' });
  // Promises are said in hours until three days: «26 小时».
  const unitOf = (seconds: number) =>
    UNITS.find(([name, size]) => Math.abs(seconds) >= (name === 'day' ? 3 * size : size)) ?? UNITS[3];
  return {
    tongue,
    change,
    say: (word, values = {}) =>
      WORDS[word][place].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
    nameOf: (enumName, value) => schemaWords[enumName]?.[value]?.[place] ?? value,
    pick: (text) => pickTongue(text, tongue),
    ago: (seconds) => {
      if (seconds < JUST_NOW) return WORDS.justNow[place];
      const [name, size] = unitOf(seconds);
      return name === 'millisecond'
        ? WORDS.justNow[place]
        : relative.format(-Math.trunc(seconds / size), name);
    },
    span: (seconds) => {
      const [name, size] = unitOf(seconds);
      const value = seconds / size;
      // Half an hour of 26 says nothing, a third of a second does.
      return unit.get(name)?.format(Math.abs(value) >= 10 ? Math.round(value) : value) ?? '';
    },
    share: (value) => percent.format(value),
    number: (value) => plain.format(value),
    moment: (moment) => at.format(new Date(moment)),
    day: (moment) => day.format(new Date(moment)),
  };
}

/** Splits «中文。English.» where English begins; what is of one tongue alone is whole in both. */
function pickTongue(text: string, tongue: Tongue): string {
  const [zh, en] = text.split(' / ', 2);
  if (zh !== undefined && en !== undefined) return tongue === 'zh' ? zh : en;
  const cut = /[。；）”] ?(?=[A-Z])/.exec(text);
  if (cut === null) return text;
  const end = cut.index + 1;
  return (tongue === 'zh' ? text.slice(0, end) : text.slice(end)).trim();
}
