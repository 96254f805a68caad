import { fileURLToPath } from 'node:url';
import { makeAntdCss } from './build/antd-css.mjs';
import { tellNotices } from './build/notices.mjs';
import { readSchemaWords } from './build/schema-words.mjs';
import { virtualModules } from './build/virtual-modules.mjs';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The console as static files: every style stands in a file, so that the page needs no style of its own making. */
export default {
  root: path('.'),
  // Wherever a proxy puts the gateway.
  base: './',
  logLevel: 'warn',
  clearScreen: false,
  resolve: {
    alias: [
      // It would put styles into the page, which the policy for its contents forbids.
      { find: '@rc-component/util/es/Dom/dynamicCSS', replacement: path('src/parts/no-dynamic-css.ts') },
    ],
  },
  plugins: [
    tellNotices(),
    virtualModules({
      'virtual:antd.css': () => makeAntdCss(),
      'virtual:schema-words': () => `export default ${JSON.stringify(readSchemaWords())};`,
    }),
  ],
  build: {
    outDir: path('../dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // Packages mark parts for servers that render, which there are none of.
      onLog: (level, log, handle) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
};
