/** What the folder says of itself to whoever opens it, in both languages. */
export const README = `BEVIS FOR EN PERSONVERNERKLÆRING

Mappen viser hva en personvernerklæring lover, hva databasen lar hvem gjøre, og hva et bevis fant. Den
inneholder ingenting om noen person: ingen navn, ingen adresser, ingen numre som står for personer, og
ingen innførsler fra journalen. Antallene er nøyaktige og ment for revisor; de bør ikke legges ut.

  statement/            reglene og teksten på begge språk, med fingeravtrykk av hver versjon
  map.json              hver tabell og kolonne: hva den inneholder, om hvem, til hvilket formål, hvor lenge
  access.json           roller, rettigheter og radregler slik databasen selv oppgir dem
  counts.json           antall rader i hver tabell
  verdict.json          hver prøve: hvilket løfte, hva som ble funnet, hva som ble talt
  journal.ndjson        hodet til hver blokk i journalen, med signatur; hver viser til den forrige
  journal.pub           den offentlige nøkkelen (Ed25519, SPKI DER, base64url)
  manifest.json         SHA-256 av hver fil, som kanonisk JSON (RFC 8785), signert med samme nøkkel

Slik prøves den, uten database og uten nett:

  hjemmel verify MAPPE --key NØKKELFIL

Nøkkelfilen må komme fra noen du stoler på. Uten den viser prøven bare at mappen henger sammen.


EVIDENCE FOR A PRIVACY STATEMENT

This folder shows what a privacy statement promises, what the database lets whom do, and what a proof
found. It holds nothing on any person: no names, no addresses, no numbers of people and no entries of
the journal. The counts are exact and meant for an auditor; they should not be published.

  statement/            the rules and the text in both languages, with the fingerprint of each version
  map.json              every table and column: what it holds, about whom, for what purpose, how long
  access.json           roles, rights and row policies as the database itself states them
  counts.json           the number of rows in each table
  verdict.json          each check: which promise, what was found, what was counted
  journal.ndjson        the head of each block of the journal, signed; each names the one before
  journal.pub           the public key (Ed25519, SPKI DER, base64url)
  manifest.json         SHA-256 of each file, as canonical JSON (RFC 8785), signed with the same key

To check it, with no database and no network:

  hjemmel verify FOLDER --key KEYFILE

The key file must come from somebody you trust. Without it the check shows only that the folder is of
one piece.
`;
