import { lookAtPages } from './each-page.ts';

lookAtPages('visitors');
