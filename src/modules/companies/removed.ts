import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { BRREG, type LookedUp, lookUp } from './lookup.ts';
import { SHELF } from './shelf.ts';

/**
 * Looks a company up, and heeds it when the register answers that it has removed it: every copy that is kept goes before
 * the refusal is given, whoever asked.
 */
export async function heed(gates: Gates, number: string, at: Date): Promise<LookedUp> {
  try {
    return await lookUp(gates, number);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'companies.removed')
      await gates.following(BRREG, SHELF).remove([gates.hash('company', number)], at);
    throw error;
  }
}
