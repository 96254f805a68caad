import { useSyncExternalStore } from 'react';

/** Where the page is: `#/interface/market.inspection?state=DOWN`. */
export interface Route {
  readonly path: readonly string[];
  readonly search: URLSearchParams;
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(watchAddress, () => location.hash);
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return {
    path: path
      .split('/')
      .filter((part) => part !== '')
      .map(decode),
    search: new URLSearchParams(search),
  };
}

/** Says in the address what is chosen, so that a reload finds it again; an empty text takes it out. */
export function choose({ path, search }: Route, name: string, value: string): void {
  const next = new URLSearchParams(search);
  if (value === '') next.delete(name);
  else next.set(name, value);
  const rest = next.toString();
  history.replaceState(
    null,
    '',
    `#/${path.map(encodeURIComponent).join('/')}${rest === '' ? '' : `?${rest}`}`,
  );
  dispatchEvent(new HashChangeEvent('hashchange'));
}

export function addressOfInterface(name: string): string {
  return `#/interface/${encodeURIComponent(name)}`;
}

export function addressOfRequest(id: string): string {
  return `#/request/${encodeURIComponent(id)}`;
}

function watchAddress(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
