import { Button, Segmented } from 'antd';
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

/** The address says which page this is, so a fragment cannot be used for it. */
function skipToContent(): void {
  document.getElementById('content')?.focus();
}
