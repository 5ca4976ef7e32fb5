import type { Config } from '@react-router/dev/config';

export default {
  ssr: true,
  // No page ships a script, so nothing ever asks for the route manifest.
  routeDiscovery: { mode: 'initial' },
} satisfies Config;
