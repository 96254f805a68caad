/**
 * In the place of what puts style elements into the page: all styles stand in the style sheet (`build/antd-css.mjs`), and
 * the page's policy forbids others.
 */
export function updateCSS(): HTMLStyleElement {
  return document.createElement('style');
}

export function injectCSS(): null {
  return null;
}

export function removeCSS(): void {}

export function clearContainerCache(): void {}
