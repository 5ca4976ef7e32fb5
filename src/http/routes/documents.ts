import { z } from 'zod';
import { documentInForce, documentOf } from '#gates/documents.ts';
import { type Route, route } from '#gates/module.ts';
import { DocumentAnswer } from '../contract/documents.ts';

/** The agreements that clients accept, for anybody to read before. */
export const documentRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/documents/:document',
    about:
      'The agreement, or the data-processing agreement (art. 28(3)): the version in force, or the one named.',
    who: 'anybody',
    query: z.object({ version: z.string().max(20).optional() }),
    outcome: 'read',
    answers: DocumentAnswer,
    refuses: ['customers.unknown-document'],
    keeps: 300,
    handle: async ({ gates, params, query }) => {
      const found = documentOf(gates.documents, params.document!, query.version);
      const all = gates.documents.filter(({ document }) => document === found.document);
      return {
        ...found,
        current: found === documentInForce(gates.documents, found.document),
        versions: all.map(({ version, updated }) => ({ version, updated })),
      };
    },
  }),
];
