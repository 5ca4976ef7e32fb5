import type { Wiring } from '#cli/wiring.ts';
import { nameAndPlace } from '#modules/companies/lookup.ts';
import { refresh, refreshDaily } from '#modules/companies/refresh.ts';
import { completeWritten } from '#modules/customers/completion.ts';
import { nameOwner } from '#modules/customers/named-owner.ts';
import { giveRole, staffOf, takeRoles } from '#modules/identity/staff.ts';

/** What the modules do at the command line's word, handed to it: it knows no module. */
export const acts: Pick<
  Wiring,
  'refreshCompanies' | 'refreshCompaniesDaily' | 'completeWritten' | 'nameOwner' | 'staff'
> = {
  refreshCompanies: ({ gates }, now) => refresh(gates, now),
  refreshCompaniesDaily: ({ gates }, now) => refreshDaily(gates, now),
  completeWritten: ({ gates }, now) => completeWritten(gates, nameAndPlace, now),
  nameOwner: ({ gates }, who, actor, now) => nameOwner(gates, who, actor, now),
  staff: {
    list: ({ gates }, actor, now) => staffOf(gates, actor, now),
    give: ({ gates }, wish, actor, now) => giveRole(gates, wish, actor, now),
    take: ({ gates }, wish, actor, now) => takeRoles(gates, wish, actor, now),
  },
};
