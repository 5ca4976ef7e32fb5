import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A unit of the register in the parts that tests change; the rest is filled in as the register writes it. */
export interface Unit {
  readonly name: string;
  readonly form?: string;
  readonly municipality?: string;
  readonly industry?: readonly [code: string, label: string];
  readonly employees?: number;
  readonly struckOff?: string;
  readonly bankrupt?: string;
}

/** Key figures of a year, as far as they are handed in. */
export interface Year {
  readonly year: number;
  readonly currency?: string;
  readonly revenue?: number;
  readonly result?: number;
  readonly assets?: number;
  readonly equity?: number;
}

type Change = 'Ny' | 'Endring' | 'Sletting' | 'Fjernet';

const FORMS: Readonly<Record<string, string>> = {
  AS: 'Aksjeselskap',
  ENK: 'Enkeltpersonforetak',
  ANS: 'Ansvarlig selskap med solidarisk ansvar',
};

/**
 * The registers in Brønnøysund as tests need them: on this machine alone, with invented companies, in the shapes that the
 * real ones answer in, their spelling mistakes included.
 */
export class LoopbackRegister {
  readonly units = new Map<string, Unit | 'removed'>();
  readonly years = new Map<string, readonly Year[]>();
  readonly changes: { id: number; number: string; change: Change; at: string }[] = [];
  /** What was asked for, oldest first: paths with their queries. */
  readonly asked: string[] = [];
  /** Headers of the latest question. */
  headers: IncomingMessage['headers'] = {};
  /** Answers in place of the register; false lets it answer itself. */
  instead: (path: string, response: ServerResponse) => boolean = () => false;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<LoopbackRegister> {
    const server = createServer();
    const register = new LoopbackRegister(server);
    server.on('request', (request, response) => register.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return register;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Notes a change in the feed, under the next number. */
  note(number: string, change: Change, at: Date): void {
    const id = (this.changes.at(-1)?.id ?? 14_757_100) + 3;
    this.changes.push({ id, number, change, at: at.toISOString() });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url!;
    this.asked.push(path);
    this.headers = request.headers;
    if (this.instead(path, response)) return;
    const url = new URL(path, this.url);
    const [, unit] = /^\/enhetsregisteret\/api\/enheter\/(\d+)$/.exec(url.pathname) ?? [];
    const [, account] = /^\/regnskapsregisteret\/regnskap\/(\d+)$/.exec(url.pathname) ?? [];
    if (unit !== undefined) this.#unit(unit, response);
    else if (account !== undefined) this.#accounts(account, response);
    else if (url.pathname === '/enhetsregisteret/api/enheter') this.#search(url, response);
    else if (url.pathname === '/enhetsregisteret/api/oppdateringer/enheter') this.#feed(url, response);
    else response.writeHead(404).end();
  }

  #unit(number: string, response: ServerResponse): void {
    const unit = this.units.get(number);
    if (unit === undefined) response.writeHead(404).end();
    else if (unit === 'removed')
      json(response, { organisasjonsnummer: number, slettedato: '2026-10-01', _links: {} }, 410);
    else json(response, this.#written(number, unit), 200, UNIT);
  }

  #written(number: string, unit: Unit): object {
    const { name, form = 'AS', municipality = 'BERGEN', industry, employees, struckOff, bankrupt } = unit;
    const href = `${this.url}/enhetsregisteret/api/enheter/${number}`;
    const short = {
      organisasjonsnummer: number,
      navn: name,
      organisasjonsform: { kode: form, beskrivelse: FORMS[form] ?? form, _links: {} },
      _links: { self: { href } },
    };
    if (struckOff !== undefined) return { ...short, slettedato: struckOff, respons_klasse: 'SlettetEnhet' };
    const address = {
      land: 'Norge',
      landkode: 'NO',
      postnummer: '5003',
      poststed: 'BERGEN',
      adresse: ['Prøvegata 1', null, ''],
      kommune: municipality,
      kommunenummer: '4601',
    };
    return {
      ...short,
      forretningsadresse: address,
      postadresse: address,
      registreringsdatoEnhetsregisteret: '2017-10-20',
      registrertIMvaregisteret: true,
      ...(industry === undefined ? {} : { naeringskode1: { kode: industry[0], beskrivelse: industry[1] } }),
      ...(employees === undefined ? {} : { antallAnsatte: employees }),
      harRegistrertAntallAnsatte: employees !== undefined,
      epostadresse: 'daglig.leder@prove.example',
      mobil: '+47 100 00 099',
      stiftelsesdato: '2017-10-20',
      konkurs: bankrupt !== undefined,
      konkursdato: bankrupt ?? '',
      underAvvikling: false,
      underTvangsavviklingEllerTvangsopplosning: false,
      aktivitet: ['Drives av Kari Prøve, født 1. januar 1970'],
      enNyTingIngenHarHørtOm: { verdi: 1 },
      respons_klasse: 'Enhet',
    };
  }

  #accounts(number: string, response: ServerResponse): void {
    const latest = this.years.get(number)?.at(-1);
    if (latest === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { year, currency = 'NOK', revenue, result, assets, equity } = latest;
    const account = {
      id: 5_600_000 + year,
      regnskapstype: 'SELSKAP',
      virksomhet: { organisasjonsnummer: number, organisasjonsform: 'AS', morselskap: false },
      regnskapsperiode: { fraDato: `${year}-01-01`, tilDato: `${year}-12-31` },
      ...(currency === '' ? {} : { valuta: currency }),
      regnkapsprinsipper: { smaaForetak: true, regnskapsregler: 'regnskapslovenAlminneligRegler' },
      resultatregnskapResultat: {
        aarsresultat: result,
        driftsresultat: { driftsinntekter: { sumDriftsinntekter: revenue } },
      },
      eiendeler: { sumEiendeler: assets },
      egenkapitalGjeld: {
        egenkapital: { sumEgenkapital: equity, innskuttEgenkapital: { sumInnskuttEgenkaptial: 30_000 } },
      },
    };
    json(response, [{ ...account, regnskapstype: 'KONSERN' }, account]);
  }

  #search(url: URL, response: ServerResponse): void {
    const words = url.searchParams.get('navn')!.toUpperCase();
    const together = url.searchParams.get('navnMetodeForSoek') === 'FORTLOEPENDE';
    const size = Number(url.searchParams.get('size') ?? 20);
    const found = [...this.units]
      .filter((pair): pair is [string, Unit] => pair[1] !== 'removed')
      .filter(([, { name }]) =>
        together ? name.includes(words) : words.split(' ').every((word) => name.includes(word)),
      )
      .sort(([, a], [, b]) => (a.name < b.name ? -1 : 1));
    const enheter = found.slice(0, size).map(([number, unit]) => this.#written(number, unit));
    const page = {
      size,
      totalElements: found.length,
      totalPages: Math.ceil(found.length / size),
      number: 0,
    };
    json(
      response,
      { ...(enheter.length > 0 ? { _embedded: { enheter } } : {}), _links: {}, page },
      200,
      UNIT,
    );
  }

  #feed(url: URL, response: ServerResponse): void {
    const from = url.searchParams.get('oppdateringsid');
    const since = url.searchParams.get('dato') ?? '';
    const size = Number(url.searchParams.get('size') ?? 20);
    const all = this.changes.filter(({ id, at }) => (from === null ? at >= since : id >= Number(from)));
    const entries = all.slice(0, size).map(({ id, number, change, at }) => ({
      oppdateringsid: id,
      dato: at,
      organisasjonsnummer: number,
      endringstype: change,
      ...(change === 'Fjernet'
        ? {}
        : { _links: { enhet: { href: `${this.url}/enhetsregisteret/api/enheter/${number}` } } }),
    }));
    json(response, {
      ...(entries.length > 0 ? { _embedded: { oppdaterteEnheter: entries } } : {}),
      _links: {},
      page: { size, totalElements: all.length, totalPages: Math.ceil(all.length / size), number: 0 },
    });
  }
}

const UNIT = 'application/vnd.brreg.enhetsregisteret.enhet.v2+json;charset=UTF-8';

function json(response: ServerResponse, body: object, status = 200, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}
