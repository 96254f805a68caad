import { ConfigProvider, theme as themes } from 'antd';
import { useCallback, useState } from 'react';
import type { Refused } from './ask.js';
import { EnterPage } from './pages/enter-page.js';
import { InterfacePage } from './pages/interface-page.js';
import { OverviewPage } from './pages/overview-page.js';
import { RequestPage } from './pages/request-page.js';
import { WallPage } from './pages/wall-page.js';
import brand from './parts/brand.json';
import { Masthead } from './parts/masthead.js';
import { useTheme } from './parts/use-theme.js';
import { type Route, useRoute } from './route.js';
import { session } from './session.js';
import { useSpeech } from './words/speak.js';

/** Which page is shown, in which theme; where nobody is let in, the page that asks for a token. */
export function App() {
  const route = useRoute();
  const isWall = route.path[0] === 'wall';
  const [theme, setTheme] = useTheme(isWall ? 'dark' : null);
  const [refused, setRefused] = useState<Refused['why'] | null>(null);
  const [hadToken, setHadToken] = useState(false);
  const onRefused = useCallback((why: Refused['why']) => {
    // Of several questions under way the first finds the token still there.
    if (session.token() !== null) setHadToken(true);
    session.leave();
    setRefused((before) => before ?? why);
  }, []);
  const enter = () => {
    setHadToken(false);
    setRefused(null);
  };
  const leave = () => {
    setHadToken(false);
    session.leave();
    setRefused('unknown');
  };
  const algorithm = theme === 'dark' ? themes.darkAlgorithm : themes.defaultAlgorithm;
  const provided = { hashed: false, zeroRuntime: true, cssVar: { key: theme }, token: brand, algorithm };
  return (
    <ConfigProvider theme={provided} wave={{ disabled: true }} autoInsertSpaceInButton={false}>
      {refused !== null ? (
        <EnterPage why={hadToken ? refused : null} onEntered={enter} />
      ) : isWall ? (
        <WallPage onRefused={onRefused} />
      ) : (
        <>
          <Masthead theme={theme} onTheme={setTheme} onLeave={leave} />
          <Page route={route} onRefused={onRefused} isDark={theme === 'dark'} />
        </>
      )}
    </ConfigProvider>
  );
}

interface PageProps {
  readonly route: Route;
  readonly onRefused: (why: Refused['why']) => void;
  readonly isDark: boolean;
}

function Page({ route, onRefused, isDark }: PageProps) {
  const { say } = useSpeech();
  const [page, argument] = route.path;
  if (page === undefined) return <OverviewPage route={route} onRefused={onRefused} />;
  if (page === 'interface' && argument !== undefined)
    return (
      <InterfacePage key={argument} name={argument} onRefused={onRefused} isDark={isDark} route={route} />
    );
  if (page === 'request' && argument !== undefined)
    return <RequestPage key={argument} id={argument} onRefused={onRefused} />;
  return (
    <main id="content" className="page">
      <h1>{say('noPage')}</h1>
      <a href="#/">{say('back')}</a>
    </main>
  );
}
