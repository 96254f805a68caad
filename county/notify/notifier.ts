import type { Clock } from '../../runtime/clock.js';
import type { Incident, InterfaceWatch } from '../../subgraphs/port/observation.js';
import type { Channel } from './channels/channel.js';
import { openDingtalk } from './channels/dingtalk.js';
import { openWebhook } from './channels/webhook.js';
import { type DueNotice, type DueQuestion, dueNotices, owedNotice } from './due.js';
import { type Message, writeNotice, writeSummary } from './message.js';
import type { ChannelSettings } from './notify-settings.js';
import { nothingTold, readTold, type Told, type ToldPlace, writeTold } from './told.js';

/** What is told of an interface beside what is amiss. */
export interface ToldAbout {
  readonly name: string;
  readonly title: string;
  readonly department: string;
}

/** Told, for log and metrics, how messages fare. */
export interface NoticeObserver {
  sent(channel: string, notices: number): void;
  /** @param reason names neither host nor secret. */
  failed(channel: string, reason: string): void;
  /** Notices that wait for being sent, now and not for a quiet time's end. */
  waiting(channel: string, notices: number): void;
}

interface NotifierOptions {
  readonly channels: readonly ChannelSettings[];
  readonly watch: Pick<InterfaceWatch, 'incidents'>;
  /** The county's. */
  readonly clock: Clock;
  /** Where it is kept what was told. */
  readonly place: ToldPlace;
  /** Whether this process tells, of those that share the place; absent: there is no other. */
  readonly isOurs?: () => boolean;
  readonly observer: NoticeObserver;
  /** Told, for the log, when something fails; it goes on all the same. */
  readonly onFailure: (what: string, error: unknown) => void;
}

/** Tells people of incidents. */
export interface Notifier {
  /** Interfaces that may have incidents, from now on. */
  about(interfaces: readonly ToldAbout[]): void;
  /** Sends what is due. One at a time, however often it is called. Never fails. */
  pass(): Promise<void>;
  /** Does so again and again. */
  start(): void;
  close(): Promise<void>;
}

const PASS_MS = 10_000;
const MINUTE_MS = 60_000;
/** An incident ends, as it is written, up to half an hour before that is found; and some more. */
const LOOK_BACK_MS = 3_600_000;
/** What ended may come again for a day. */
const REMEMBERED_MS = 2 * 86_400_000;
const MOST_INCIDENTS = 10_000;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 10 * MINUTE_MS;

/** A channel as it goes. */
interface Going {
  readonly settings: ChannelSettings;
  readonly channel: Channel;
  /** Epoch milliseconds; nothing is sent before. */
  pausedUntil: number;
  pauseMs: number;
}

/** What was told and cannot be read is told again, as far as it lasts: people may hear of it twice, and a county serves. */
export async function openNotifier(options: NotifierOptions): Promise<Notifier> {
  return new Telling(options, await readOrNothing(options));
}

async function readOrNothing({ place, clock, channels, onFailure }: NotifierOptions): Promise<Told> {
  const now = clock.now().getTime();
  const read = await readTold(place).catch((error: unknown) => {
    onFailure('what was told could not be read', error);
    return null;
  });
  const told = read ?? nothingTold(now);
  for (const { name } of channels) if (!told.startedAt.has(name)) told.startedAt.set(name, now);
  return told;
}

class Telling implements Notifier {
  readonly #options: NotifierOptions;
  #told: Told;
  /** Another process may have told more since. */
  #isToRead = false;
  readonly #going: readonly Going[];
  #about: ReadonlyMap<string, ToldAbout> = new Map();
  #passing: Promise<void> | null = null;
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: NotifierOptions, told: Told) {
    this.#options = options;
    this.#told = told;
    this.#going = options.channels.map((settings) => ({
      settings,
      channel:
        settings.target.kind === 'webhook' ? openWebhook(settings.target) : openDingtalk(settings.target),
      pausedUntil: 0,
      pauseMs: FIRST_PAUSE_MS,
    }));
  }

  about(interfaces: readonly ToldAbout[]): void {
    this.#about = new Map(interfaces.map((one) => [one.name, one]));
  }

  pass(): Promise<void> {
    this.#passing ??= this.#work().finally(() => {
      this.#passing = null;
    });
    return this.#passing;
  }

  start(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.pass(), PASS_MS);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#isClosed = true;
    await Promise.all(this.#going.map(({ channel }) => channel.close()));
    await this.#passing;
  }

  async #work(): Promise<void> {
    const { isOurs } = this.#options;
    if (isOurs !== undefined && !isOurs()) {
      this.#isToRead = true;
      return;
    }
    try {
      if (this.#isToRead) this.#told = await readOrNothing(this.#options);
      this.#isToRead = false;
      await this.#takeIn();
      await Promise.all(this.#going.map((going) => this.#tell(going)));
    } catch (error) {
      this.#options.onFailure('notifying failed', error);
    }
  }

  async #takeIn(): Promise<void> {
    const { watch } = this.#options;
    const { incidents, channels, takenUntil } = this.#told;
    const now = this.#now();
    const found = await watch.incidents({ from: takenUntil - LOOK_BACK_MS, limit: MOST_INCIDENTS });
    let isNew = false;
    for (const incident of found) {
      const known = incidents.get(incident.id);
      if (known?.until !== incident.until || known.severity !== incident.severity) isNew = true;
      incidents.set(incident.id, incident);
    }
    this.#told.takenUntil = now;
    for (const [id, incident] of incidents) {
      const isOld = incident.until !== null && now - incident.until > REMEMBERED_MS;
      if (!isOld || this.#isOwed(incident)) continue;
      incidents.delete(id);
      for (const told of channels.values()) told.delete(id);
      isNew = true;
    }
    // What is to be told is found again though the history forget it.
    if (isNew) await this.#write();
  }

  /** Whether a channel has yet to be told of it. */
  #isOwed(incident: Incident): boolean {
    return this.#going.some(({ settings }) => owedNotice(incident, this.#questionOf(settings)) !== null);
  }

  #questionOf(channel: ChannelSettings): DueQuestion {
    return {
      channel,
      channels: this.#options.channels,
      told: this.#told,
      departmentOf: (name) => this.#nameOf(name).department,
      now: this.#now(),
    };
  }

  async #tell(going: Going): Promise<void> {
    const { settings } = going;
    const { observer } = this.#options;
    const due = dueNotices(this.#questionOf(settings));
    let rest = due.length;
    observer.waiting(settings.name, rest);
    if (this.#now() < going.pausedUntil) return;
    for (const together of portions(due, this.#places(settings))) {
      if (this.#isClosed || !(await this.#send(going, together))) return;
      rest -= together.length;
      observer.waiting(settings.name, rest);
    }
  }

  /** Messages that may be sent now. */
  #places({ name, perMinute }: ChannelSettings): number {
    const since = this.#now() - MINUTE_MS;
    const lately = (this.#told.sent.get(name) ?? []).filter((at) => at > since);
    this.#told.sent.set(name, lately);
    return perMinute - lately.length;
  }

  /** @returns whether more may be sent. */
  async #send(going: Going, due: readonly DueNotice[]): Promise<boolean> {
    const { settings, channel } = going;
    const { observer } = this.#options;
    const { name } = settings;
    const delivery = await channel.send(this.#messageOf(due));
    // It was cut, and is told by the next process.
    if (this.#isClosed && delivery.kind === 'failed') return false;
    const now = this.#now();
    this.#told.sent.set(name, [...(this.#told.sent.get(name) ?? []), now]);
    if (delivery.kind === 'failed') {
      going.pausedUntil = now + Math.max(going.pauseMs, delivery.pauseMs ?? 0);
      going.pauseMs = Math.min(going.pauseMs * 2, LONGEST_PAUSE_MS);
      observer.failed(name, delivery.reason);
      return false;
    }
    going.pauseMs = FIRST_PAUSE_MS;
    const told = this.#told.channels.get(name) ?? new Map();
    this.#told.channels.set(name, told);
    for (const { kind, incident } of due) {
      const isEnd = kind === 'ENDED' || kind === 'PASSED';
      const isSame = isEnd || kind === 'RAISED';
      const { beganAt = now } = isSame ? (told.get(incident.id) ?? {}) : {};
      told.set(incident.id, { beganAt, endedAt: isEnd ? now : null, severity: incident.severity });
    }
    await this.#write();
    observer.sent(name, due.length);
    return true;
  }

  #messageOf(due: readonly DueNotice[]): Message {
    const notices = due.map(({ kind, incident }) => ({
      kind,
      incident,
      ...this.#nameOf(incident.interface),
    }));
    const [first] = notices;
    return notices.length === 1 && first !== undefined ? writeNotice(first) : writeSummary(notices);
  }

  #nameOf(name: string): ToldAbout {
    return this.#about.get(name) ?? { name, title: name, department: name.split('.')[0] ?? name };
  }

  /** One after another, so that none puts an older state in the place of a newer one. */
  #write(): Promise<void> {
    const { place, onFailure } = this.#options;
    this.#writing = this.#writing
      .then(() => writeTold(place, this.#told))
      .catch((error: unknown) => onFailure('what was told could not be written', error));
    return this.#writing;
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}

/** One message for each while there are places; the last one sums up the rest. */
function portions(due: readonly DueNotice[], places: number): readonly (readonly DueNotice[])[] {
  if (places <= 0) return [];
  if (due.length <= places) return due.map((one) => [one]);
  return [...due.slice(0, places - 1).map((one) => [one]), due.slice(places - 1)];
}
