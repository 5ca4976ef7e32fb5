import type { Gates } from '#gates/gates.ts';
import type { Sources } from '#gates/third-party/source.ts';
import { keepCompany } from '#modules/companies/mine.ts';

/** An invented company as the registers would write it. */
const UNIT = {
  organisasjonsnummer: '310000000',
  navn: 'NORDLYS AS',
  organisasjonsform: { kode: 'AS', beskrivelse: 'Aksjeselskap' },
  forretningsadresse: { postnummer: '5003', poststed: 'BERGEN', kommune: 'BERGEN' },
  naeringskode1: { kode: '62.100', beskrivelse: 'Programmering' },
  antallAnsatte: 12,
};
const ACCOUNT = {
  regnskapstype: 'SELSKAP',
  regnskapsperiode: { fraDato: '2025-01-01', tilDato: '2025-12-31' },
  valuta: 'NOK',
  eiendeler: { sumEiendeler: 1_948_201 },
};

/** Registers that know one company, and that answer without being asked over any wire. */
export function stagedSources(at: Date): Sources {
  return {
    brreg: {
      get: async (path, { read }) => ({
        state: 'found',
        value: read(path.includes('/regnskap/') ? [ACCOUNT] : UNIT),
        at,
        stale: false,
      }),
      forget: () => {},
    },
  };
}

/** Somebody asks us to know their company. */
export async function stageCompany(gates: Gates, person: string, at: Date): Promise<void> {
  await keepCompany(gates, person, { number: UNIT.organisasjonsnummer }, { kind: 'person', id: person }, at);
}
