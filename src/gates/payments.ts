import { type Paid, PaymentFault, type Wish } from '#platform/payment.ts';
import type { Actor } from './actor.ts';
import type { Engine } from './engine.ts';
import { append } from './journal.ts';
import { Refusal } from './refusal.ts';

export type { MaskedCard, Paid } from '#platform/payment.ts';

/** Payment on a provider's own page, where the operator has one; see `docs/operating.md`. */
export interface Payments {
  /** False where invoices are paid by bank alone. */
  readonly hosted: boolean;
  /** Host of the provider, for records; empty without one. */
  readonly provider: string;
  /** Makes a page to pay an invoice on, of this person; that it was asked for is in their log. */
  begin(wish: Wish, person: string, actor: Actor, at: Date): Promise<string>;
  paid(event: Buffer, signature: string | undefined, at: Date): Promise<Paid | undefined>;
}

/** The category that a provider of payments is given something of. */
const CATEGORY = 'customer.payment';

/** Whether the statement names somebody who gets payment data, as it must before a provider gets any (clause `s.processors`). */
export function namesProvider({ recipients }: Pick<Engine['statement'], 'recipients'>): boolean {
  return Object.values(recipients).some(({ categories }) => categories.includes(CATEGORY));
}

export function paymentsOf(engine: Engine): Payments {
  const { payments: port, pools, statement } = engine;
  const asked = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof PaymentFault)) throw error;
      throw new Refusal(error.code === 'away' ? 'billing.provider-away' : 'billing.unsigned');
    }
  };
  const demand = () => {
    if (port === undefined || !namesProvider(statement)) throw new Refusal('billing.no-provider');
    return port;
  };
  return {
    hosted: port !== undefined,
    provider: port?.name ?? '',
    begin: async (wish, person, actor, at) => {
      const provider = demand();
      await append(pools.of('collect'), [
        {
          gate: 'share',
          act: 'payment',
          person,
          actor: actor.kind,
          actorId: actor.id,
          purpose: 'agreement',
          statement: statement.version,
          at,
        },
      ]);
      return asked(() => provider.begin(wish));
    },
    paid: (event, signature, at) => asked(() => demand().paid(event, signature, at)),
  };
}
