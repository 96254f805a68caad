import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import type { Refused } from '../ask.js';
import { session } from '../session.js';
import { useSpeech } from '../words/speak.js';

interface Props {
  /** Why the token that was there is not taken; null: there was none. */
  readonly why: Refused['why'] | null;
  readonly onEntered: () => void;
}

/** Asks for a token. */
export function EnterPage({ why, onEntered }: Props) {
  const { say } = useSpeech();
  const [token, setToken] = useState('');
  const enter = (): void => {
    if (token.trim() === '') return;
    session.enter(token.trim());
    onEntered();
  };
  return (
    <main className="enter">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter();
        }}
      >
        <h1>{say('title')}</h1>
        {why !== null && (
          <Alert type="error" showIcon title={say(why === 'unknown' ? 'tokenUnknown' : 'tokenForbidden')} />
        )}
        <label htmlFor="token">{say('enterTitle')}</label>
        <Input.Password
          id="token"
          autoFocus
          autoComplete="off"
          visibilityToggle={false}
          value={token}
          placeholder={say('token')}
          aria-describedby="token-hint"
          onChange={({ target }) => setToken(target.value)}
        />
        <p id="token-hint" className="muted">
          {say('enterHint')}
        </p>
        <Button type="primary" htmlType="submit" block>
          {say('enter')}
        </Button>
      </form>
    </main>
  );
}
