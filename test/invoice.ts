import { SYSTEM } from '#gates/actor.ts';
import type { Booked } from '#gates/archive/book.ts';
import type { Gates } from '#gates/gates.ts';
import { osloDate } from '#statement/period.ts';

/** For tests: an invoice to a person, booked on the day it is dated. */
export function invoice(
  gates: Gates,
  person: string,
  number: string,
  at: Date,
  more: { booked?: Date; id?: string; content?: Record<string, string> } = {},
): Promise<Booked> {
  const { booked = at, id, content = {} } = more;
  return gates.archive.book({
    person,
    category: 'accounting.record',
    content: {
      number,
      date: osloDate(booked),
      buyer: 'Prøve og Sønn AS',
      organisation: '310000000',
      what: 'Abonnement',
      amount: '1250.00',
      currency: 'NOK',
      ...content,
    },
    booked,
    id,
    actor: SYSTEM,
    at,
  });
}
