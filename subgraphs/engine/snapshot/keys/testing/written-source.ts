import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HttpDefinition } from '../../../../../adapters/rest/http-definition.js';
import type { SourceAdapter } from '../../../../../adapters/source-adapter.js';
import { SourceUnavailable } from '../../../../../adapters/source-error.js';
import type { SourceBinding } from '../../../../../adapters/source-object.js';
import { createWebAdapter, WEB_CAPABILITIES } from '../../../../../adapters/web/web-adapter.js';
import type { WebParameters, WebProtocol, WebRow } from '../../../../../adapters/web/web-protocol.js';
import { usccOf } from '../../../../../demo/world/check-digits.js';
import type { Clock } from '../../../../../runtime/clock.js';

/** Valid codes of firms, to ask for. */
export const CODES: readonly string[] = Array.from({ length: 8 }, (_, index) =>
  usccOf('91', '330922', `MA28K${String(index).padStart(3, '0')}`),
);

/** An interface of firms and persons, from whose rows keys come. */
export const FIRM = `interface: test.firm
title: t
owner: { department: test }
feeds: Subject
source: { connection: firms, http: { path: /f, rows: list } }
key: [code]
subject: [{ scheme: uscc, column: code }, { scheme: person, column: code }]
fields:
  name: { column: code }
  kind: { value: ORGANISATION }
limits: { retries: 0, breaker: false }
`;

/** A row by its columns. */
export type WrittenRow = Readonly<Record<string, string>>;

/** One exchange as it reached the source. */
interface SentExchange {
  /** What was asked for; empty: all. */
  readonly keys: readonly string[];
  /** `yyyy-MM-dd`. */
  readonly day: string;
  readonly ms: number;
  /** The legal matter that it was made for; null: nobody named one. */
  readonly purpose: string | null;
}

/** A service whose rows a test writes, behind the adapter that every web service has. */
export class WrittenSource {
  readonly sent: SentExchange[] = [];
  /** Told of every exchange before it is answered; may throw. */
  onSend: (exchange: SentExchange) => void = () => undefined;
  /** Told when its rows have been picked, before they are sent. */
  onPicked: (exchange: SentExchange) => void = () => undefined;
  rows: readonly WrittenRow[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Fails every exchange until it is mended. */
  break(): void {
    this.onSend = () => {
      throw new SourceUnavailable('Cannot read: the connection was reset');
    };
  }

  mend(): void {
    this.onSend = () => undefined;
  }

  connection(): SourceAdapter {
    const nothing = (): Promise<never> => Promise.reject(new SourceUnavailable('Cannot read: not bound'));
    const adapter = (binding: SourceBinding<HttpDefinition>): SourceAdapter =>
      createWebAdapter(this.#protocol(binding), binding);
    return {
      kind: 'rest',
      capabilities: WEB_CAPABILITIES,
      bind: (binding) => adapter(binding as SourceBinding<HttpDefinition>),
      describe: nothing,
      read: nothing,
      tally: nothing,
      probe: nothing,
      explain: () => '',
      close: () => Promise.resolve(),
    };
  }

  #protocol({ definition, columns }: SourceBinding<HttpDefinition>): WebProtocol {
    return {
      kind: 'rest',
      explain: (parameters) => JSON.stringify([...parameters]),
      send: async (parameters, _deadline, purpose = '') => {
        const [asked] = definition.ask;
        const keys = asked === undefined ? [] : keysOf(parameters, asked.param);
        const exchange = {
          keys,
          day: this.#clock.today(),
          ms: this.#clock.now().getTime(),
          purpose: purpose === '' ? null : purpose,
        };
        this.sent.push(exchange);
        this.onSend(exchange);
        await nextTurn();
        const column = asked?.column ?? '';
        const found = this.rows.filter((row) => asked === undefined || keys.includes(row[column] ?? ''));
        this.onPicked(exchange);
        return { rows: found.map((row) => webRow(row, columns)), total: null, next: null };
      },
    };
  }
}

function keysOf(parameters: WebParameters, param: string): readonly string[] {
  return (parameters.get(param) ?? '').split(',').filter((key) => key !== '');
}

function webRow(row: WrittenRow, columns: readonly string[]): WebRow {
  return new Map(columns.map((column) => [column, row[column] ?? null]));
}
