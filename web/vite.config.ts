import { reactRouter } from '@react-router/dev/vite';
import { defineConfig } from 'vite';

/** Builds the pages: server code that renders them, and the styles and fonts that they link to. */
export default defineConfig({
  plugins: [reactRouter()],
  build: { assetsInlineLimit: 0, cssMinify: true },
  // One file holds the whole server side, so that a build runs without the development packages beside it.
  ssr: { noExternal: [] },
});
