import { type RouteConfig, route } from '@react-router/dev/routes';
import { type Page, paths } from './paths.ts';

/** A page at both its paths, from one file. */
const both = (page: Page, file: string) =>
  (['nb', 'en'] as const).map((language) =>
    route(paths[page][language].slice(1), `routes/${file}`, { id: `${page}.${language}` }),
  );

export default [
  ...both('home', 'home.tsx'),
  ...both('statement', 'statement.tsx'),
  route('*', 'routes/not-found.tsx'),
] satisfies RouteConfig;
