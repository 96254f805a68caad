import { useLayoutEffect, useState } from 'react';

export type Theme = 'light' | 'dark';

const KEY = 'enforcement-graph.theme';

/** As the system is set until somebody chooses; @param always is what a wall shows. */
export function useTheme(always: Theme | null): readonly [Theme, (theme: Theme) => void] {
  const [chosen, setChosen] = useState<Theme>(
    () =>
      (localStorage.getItem(KEY) as Theme | null) ??
      (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
  );
  const theme = always ?? chosen;
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return [
    theme,
    (next) => {
      localStorage.setItem(KEY, next);
      setChosen(next);
    },
  ];
}
