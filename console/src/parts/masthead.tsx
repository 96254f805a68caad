import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { addressOfRequest } from '../route.js';
import { session } from '../session.js';
import { type Tongue, useSpeech } from '../words/speak.js';
import type { Theme } from './use-theme.js';

interface Props {
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
  readonly onLeave: () => void;
}

const TONGUES: { value: Tongue; label: string }[] = [
  { value: 'zh', label: '中文' },
  { value: 'en', label: 'English' },
];

/** The head of every page but the wall. */
export function Masthead({ theme, onTheme, onLeave }: Props) {
  const { say, tongue, change } = useSpeech();
  return (
    <header className="masthead">
      <button type="button" className="skip" onClick={skipToContent}>
        {say('toContent')}
      </button>
      <a className="brand" href="#/">
        <img src="./icon.svg" alt="" width="26" height="26" />
        {say('title')}
      </a>
      <nav aria-label={say('title')}>
        <a href="#/">{say('overview')}</a>
        <a href="#/wall">{say('wall')}</a>
      </nav>
      <FindRequest />
      <div className="masthead-tools">
        <Segmented<Tongue>
          size="small"
          aria-label="语言 Language"
          options={TONGUES}
          value={tongue}
          onChange={change}
        />
        <Button size="small" onClick={() => onTheme(theme === 'dark' ? 'light' : 'dark')}>
          {say(theme === 'dark' ? 'light' : 'dark')}
        </Button>
        {session.token() !== null && (
          <Button size="small" onClick={onLeave}>
            {say('leave')}
          </Button>
        )}
      </div>
    </header>
  );
}

/** From the id that a user was shown with an error to how his request went. */
function FindRequest() {
  const { say } = useSpeech();
  const [id, setId] = useState('');
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (id.trim() !== '') location.hash = addressOfRequest(id.trim());
        }}
      >
        <Input
          size="small"
          className="find-request"
          aria-label={say('findRequest')}
          placeholder={say('findRequest')}
          value={id}
          onChange={({ target }) => setId(target.value)}
        />
      </form>
    </search>
  );
}

/** The address says which page this is, so a fragment cannot be used for it. */
function skipToContent(): void {
  document.getElementById('content')?.focus();
}
