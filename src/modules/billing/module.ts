import { defineModule } from '#gates/module.ts';
import { bulk } from './bulk.ts';
import { drawDue, settleOwner } from './invoicing.ts';
import { facts, letters } from './letters.ts';
import { remindDue } from './reminders.ts';
import { routes } from './routes.ts';

/** What clients pay for: plans, prices, invoices and payments. */
export const billing = defineModule({
  name: 'billing',
  routes,
  letters,
  facts,
  bulk,
  beforeErasing: settleOwner,
  beforeKeeping: async (gates, at) => {
    await drawDue(gates, at);
    await remindDue(gates, at);
  },
});
