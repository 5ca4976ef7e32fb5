import { SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import type { Member } from '#gates/module.ts';
import { rightsOf } from '#gates/rights.ts';
import { Together } from '#gates/together.ts';

interface Asked {
  readonly client: string;
  readonly person: string;
}

/**
 * Looks up what somebody may do for a client; undefined when they are none of its users. Nothing is kept between
 * questions, so that a level taken away is gone at the next request; requests that come together share one prepared query.
 */
export function memberReader(gates: Gates): (client: string, person: string) => Promise<Member | undefined> {
  // Who is let in, and how far, is what signing in is for: it reads access levels, and nothing else of a client.
  const handle = gates.use('sign-in', SYSTEM);
  const reading = new Together<Asked, Member | undefined>(
    async (asked) => {
      const rows = await handle.rows<Asked & { level: string; rights: string[] | null; active: boolean }>(
        `with asked as (select * from unnest($1::uuid[], $2::uuid[]) as a(client, person))
         select m.client, m.person, m.level, l.rights, true as active
           from asked a join customers.member m on m.person = a.person and m.client = a.client and m.ended_at is null
           left join customers.level l on l.client = m.client and l.id::text = m.level
         union all
         select d.client, d.person, d.level, null, false
           from asked a join customers.departure d on d.person = a.person and d.client = a.client`,
        [asked.map(({ client }) => client), asked.map(({ person }) => person)],
      );
      const found = new Map<string, Member>();
      // Whoever is a user again has both rows until the older leaves.
      for (const { client, person, level, rights, active } of rows.toSorted(
        (a, b) => Number(a.active) - Number(b.active),
      ))
        found.set(`${client} ${person}`, {
          client,
          person,
          level,
          rights: active
            ? rightsOf(level, rights)
            : rightsOf(level, null).filter((one) => one === 'agreement.end'),
          state: active ? 'active' : 'grace',
        });
      return asked.map(({ client, person }) => found.get(`${client} ${person}`));
    },
    { abreast: 1 },
  );
  return (client, person) => reading.ask({ client, person });
}

/**
 * Whether somebody owned a client that runs when they signed in, or could make keys for one: then they need a second
 * factor. Whoever becomes an owner goes on with what they are doing, and is asked the next time.
 */
export function ownerReader(
  gates: Gates,
): (session: { readonly person: string; readonly beganAt: Date }) => Promise<boolean> {
  const reading = new Together<string, Date | undefined>(
    async (people) => {
      const rows = await gates.use('sign-in', SYSTEM).rows<{ person: string; since: Date }>(
        `select m.person, min(m.since) as since from customers.member m
           left join customers.level l on l.client = m.client and l.id::text = m.level
          where m.person = any($1) and m.ended_at is null and (m.level = 'owner' or 'keys.manage' = any(l.rights))
          group by m.person`,
        [[...new Set(people)]],
      );
      const since = new Map(rows.map((row) => [row.person, row.since]));
      return people.map((person) => since.get(person));
    },
    { abreast: 1 },
  );
  return async ({ person, beganAt }) => {
    const since = await reading.ask(person);
    return since !== undefined && since < beganAt;
  };
}

/** A client that somebody uses, or used until its subscription ended. */
export interface Mine {
  readonly client: string;
  readonly level: string;
  readonly state: 'active' | 'grace';
  readonly id: string;
  readonly at: Date;
}

/** Clients of a person, newest last; `limit` of them after a moment and a number. */
export function clientsOf(
  gates: Gates,
  person: string,
  [at, id]: readonly [string | null, string | null],
  limit: number,
): Promise<Mine[]> {
  return gates.use('sign-in', SYSTEM).rows<Mine>(
    `select client, level, state, id, at from (
       select client, level, 'active' as state, id, since as at from customers.member where person = $1 and ended_at is null
       union all
       (select distinct on (client) client, level, 'grace', id, ended_at from customers.departure d
         where person = $1 and not exists (
           select from customers.member m where m.person = $1 and m.client = d.client and m.ended_at is null)
         order by client, ended_at desc)
     ) mine where $2::timestamptz is null or (at, id) > ($2, $3::uuid) order by at, id limit $4`,
    [person, at, id, limit],
  );
}
