import { test } from 'node:test';
import { catches, type Twin } from '#test/stage.ts';

const REQUEST = 'has the request that caused it';
const SEALED = 'says of a company is sealed under the key';
const SOURCE = 'from a third party names one that the statement names';
const REMOVED = 'kept of a company that the register has removed';

const twins: readonly Twin[] = [
  {
    title: '1.3.third-party: a company that nobody asked for is found',
    breaks: ({ sql }) => sql('update companies.fact set request = gen_random_uuid()'),
    finds: { [REQUEST]: /^companies\.fact without the request/ },
  },
  {
    title: '1.3.third-party: figures whose wish is not recorded are found',
    breaks: ({ sql }) => sql(`delete from gate.collection where point = 'company.register'`),
    finds: { [REQUEST]: /companies\.key_figures without the request/ },
  },
  {
    title: '1.3.third-party: a wish of somebody else is no wish of this person',
    breaks: ({ sql, people }) =>
      sql(`update gate.collection set person = $1 where point = 'company.register'`, [people.jon]),
    finds: { [REQUEST]: /companies\.fact without the request/ },
  },
  {
    title: '1.3.third-party: what was there before it was wished for is found',
    breaks: ({ sql }) =>
      sql(`update gate.collection set at = at + interval '1 hour' where point = 'company.register'`),
    finds: { [REQUEST]: /companies\.fact without the request/ },
  },
  {
    title: '1.3.third-party: a client that the register completed without anybody’s wish is found',
    breaks: ({ sql }) => sql('update customers.completion set request = gen_random_uuid()'),
    finds: { [REQUEST]: /^customers\.completion without the request/ },
  },
  {
    title: '1.3.third-party: a company kept in the clear is found',
    breaks: ({ sql }) =>
      sql(`alter table companies.fact alter column industry type text using 'Snekkerarbeid'`),
    finds: { [SEALED]: /^companies\.fact\.industry is text and not sealed$/ },
  },
  {
    title: '1.3.brreg: a source that the statement does not name is found',
    breaks: ({ sql }) => sql(`update companies.key_figures set source = 'elsewhere'`),
    finds: { [SOURCE]: /^companies\.key_figures\.source is no third party/ },
  },
  {
    title: '1.3.brreg: a company that was removed and is kept all the same is found',
    breaks: ({ sql }) =>
      sql('insert into companies.removed select number_hash, asked_at from companies.fact'),
    finds: { [REMOVED]: /^companies\.fact of a company that was removed$/ },
  },
  {
    title: '1.3.brreg: figures that are left of a company are found',
    breaks: ({ sql }) => sql('delete from companies.fact'),
    finds: { [REMOVED]: /^companies\.key_figures without their company$/ },
  },
];

for (const twin of twins) test(twin.title, () => catches(twin));
