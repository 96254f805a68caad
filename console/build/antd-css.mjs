import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { createCache, extractStyle, StyleProvider } = require('@ant-design/cssinjs');
const antd = require('antd');
const brand = require('../src/parts/brand.json');
const { createElement } = require('react');
const { renderToString } = require('react-dom/server');

const { Alert, Button, ConfigProvider, Descriptions, Empty, Input, Segmented, Select, Spin, Tag, theme } =
  antd;

/** The components of Ant Design that the console uses, each rendered once for its styles. */
const USED = [
  [Alert, { title: '-', showIcon: true, action: '-' }],
  [Button, {}],
  [Descriptions, { items: [{ label: '-', children: '-' }], bordered: true }],
  [Empty, {}],
  [Input, {}],
  [Input.Password, {}],
  [Segmented, { options: ['-'] }],
  [Select, { options: [] }],
  [Spin, {}],
  [Tag, {}],
];

/**
 * The style sheet of these components in both themes. The whole one of Ant Design is five times as large and has the
 * light theme alone.
 *
 * @returns {string}
 */
export function makeAntdCss() {
  const cache = createCache();
  for (const name of ['light', 'dark']) {
    const algorithm = name === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm;
    const components = USED.map(([component, props], key) => createElement(component, { ...props, key }));
    const provider = { theme: { hashed: false, cssVar: { key: name }, token: brand, algorithm } };
    renderToString(
      createElement(StyleProvider, { cache }, createElement(ConfigProvider, provider, components)),
    );
  }
  return extractStyle(cache, { plain: true });
}
