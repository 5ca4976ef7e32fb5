import { reactRouter } from '@react-router/dev/vite';
import { defineConfig } from 'vite';

/**
 * Builds the pages: the code that renders them on the server, and the styles and fonts they link to. The server code
 * holds all that it needs, React's production build included, whatever `NODE_ENV` the program is started with.
 */
export default defineConfig({
  plugins: [reactRouter()],
  build: { assetsInlineLimit: 0 },
  ssr: { noExternal: true },
  define: { 'process.env.NODE_ENV': '"production"' },
});
