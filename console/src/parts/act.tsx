import { Alert, Button, Input } from 'antd';
import { type ReactNode, type SubmitEvent, use, useId, useRef, useState } from 'react';
import { ask, Refused, Unanswered } from '../ask.js';
import type { Operation } from '../queries/forms.js';
import { useSpeech } from '../words/speak.js';
import type { Word } from '../words/words.js';
import { CountyTime } from './county-time.js';
import type { Leaving } from './leaving.js';

/** Something that somebody may do here: recorded with his reason. */
export interface Action {
  readonly operation: Operation<unknown>;
  /** On the button. */
  readonly label: Word;
  /** What it does. */
  readonly hint: Word;
  readonly done: Word;
  /** Whether it ends by itself at a time. */
  readonly ends: boolean;
}

interface Props extends Leaving {
  readonly action: Action;
  /** What it is done to. */
  readonly target: Readonly<Record<string, string>>;
  readonly onDone: () => void;
}

/** The county's, all year. */
const OFFSET_MS = 8 * 3_600_000;
const USUAL_MS = 2 * 3_600_000;
const LONGEST_MS = 31 * 24 * 3_600_000;
const MOST_SIGNS = 200;

/** A button that opens a form: why, and until when. Escape closes it. */
export function Act({ action, target, onDone, onRefused }: Props) {
  const { say } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  /** What came of it; null: nothing yet. */
  const [told, setTold] = useState<Word | null>(null);
  /** What is to be known besides: it was done, and not everywhere. */
  const [notice, setNotice] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isDoing, setDoing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const form = useId();
  const close = (): void => {
    setOpen(false);
    setFailure(null);
    button.current?.focus();
  };
  const act = async (asked: Readonly<Record<string, string>>): Promise<void> => {
    setDoing(true);
    setFailure(null);
    const notices: string[] = [];
    const { signal } = new AbortController();
    try {
      await ask(action.operation, { ...target, ...asked }, signal, (text) => notices.push(text));
      setTold(action.done);
      setNotice(notices[0] ?? null);
      close();
      onDone();
    } catch (error) {
      if (error instanceof Refused && error.why === 'unknown') onRefused(error.why);
      else if (error instanceof Refused) setFailure(say('mayNot'));
      else if (error instanceof Unanswered)
        setFailure(say('notDone', { text: error.message || say('noAnswer') }));
      else throw error;
    } finally {
      setDoing(false);
    }
  };
  return (
    <div className="act">
      <Button
        ref={button}
        size="small"
        aria-expanded={isOpen}
        aria-controls={isOpen ? form : undefined}
        onClick={() => {
          setTold(null);
          setNotice(null);
          if (isOpen) close();
          else setOpen(true);
        }}
      >
        {say(action.label)}
      </Button>
      <span role="status">{told !== null && say(told)}</span>
      {notice !== null && <Alert type="warning" showIcon title={notice} />}
      {isOpen && (
        <ActForm id={form} action={action} isDoing={isDoing} onAct={act} onCancel={close}>
          {failure !== null && <Alert type="error" showIcon title={failure} />}
        </ActForm>
      )}
    </div>
  );
}

interface FormProps {
  readonly id: string;
  readonly action: Action;
  readonly isDoing: boolean;
  readonly onAct: (asked: Readonly<Record<string, string>>) => Promise<void>;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

function ActForm({ id, action: { label, hint, ends }, isDoing, onAct, onCancel, children }: FormProps) {
  const { say } = useSpeech();
  const now = use(CountyTime);
  const [why, setWhy] = useState('');
  const [until, setUntil] = useState(now === null ? '' : localOf(now + USUAL_MS));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void onAct({ why: why.trim(), ...(ends && { until: `${until}:00+08:00` }) });
  };
  return (
    <form
      id={id}
      aria-label={say(label)}
      onSubmit={submit}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onCancel();
      }}
    >
      <p className="muted">{say(hint)}</p>
      <label htmlFor={`${id}-why`}>{say('whyActed')}</label>
      <Input
        id={`${id}-why`}
        autoFocus
        required
        autoComplete="off"
        maxLength={MOST_SIGNS}
        // Nothing but spaces is no reason.
        pattern=".*\S.*"
        value={why}
        onChange={({ target }) => setWhy(target.value)}
      />
      {ends && (
        <>
          <label htmlFor={`${id}-until`}>{say('untilWhen')}</label>
          <Input
            id={`${id}-until`}
            type="datetime-local"
            required
            {...(now !== null && { min: localOf(now), max: localOf(now + LONGEST_MS) })}
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          />
        </>
      )}
      {children}
      <p className="act-buttons">
        <Button type="primary" htmlType="submit" disabled={isDoing}>
          {say('confirm')}
        </Button>
        <Button onClick={onCancel}>{say('cancel')}</Button>
      </p>
    </form>
  );
}

/** As `datetime-local` has it, by the county's clock. */
function localOf(at: number): string {
  return new Date(at + OFFSET_MS).toISOString().slice(0, 'yyyy-MM-ddTHH:mm'.length);
}
