const KEY = 'enforcement-graph.token';

/** The token of whoever sits before the page: it is gone with the tab. */
export const session = {
  token: (): string | null => sessionStorage.getItem(KEY),
  enter: (token: string): void => sessionStorage.setItem(KEY, token),
  leave: (): void => sessionStorage.removeItem(KEY),
};

/**
 * Takes a token out of the page's address, where it must not stay: `#token=…`, or `#/wall?token=…` to open a page at once.
 */
export function takeTokenFromAddress(): void {
  const fragment = location.hash.replace(/^#/, '');
  const [path = '', search = ''] = fragment.startsWith('/') ? fragment.split('?', 2) : ['/', fragment];
  const parameters = new URLSearchParams(search);
  const token = parameters.get('token');
  if (token === null) return;
  session.enter(token);
  parameters.delete('token');
  const rest = parameters.toString();
  history.replaceState(null, '', `#${path}${rest === '' ? '' : `?${rest}`}`);
}
