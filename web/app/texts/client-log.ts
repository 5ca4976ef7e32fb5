import type { ClientLogAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Logg',
  lead: 'Alt som er gjort med kontoen, det nyeste øverst.',
  caption: 'Logg',
  head: ['Når', 'Hvem', 'Hva', 'Gjaldt'],
  none: 'Ingenting er gjort ennå.',
  somebody: 'En som ikke er bruker lenger',
  more: 'Eldre',
  first: 'Det nyeste',
  acts: {
    'client.began': 'gjorde bedriften til kunde',
    'client.changed': 'rettet opplysningene om bedriften',
    'client.ended': 'avsluttet abonnementet',
    'client.resumed': 'tok opp igjen abonnementet',
    'client.exported': 'lastet ned alt',
    'document.accepted': 'godtok en avtale',
    'module.taken': 'tok i bruk en modul',
    'module.dropped': 'sluttet med en modul',
    'user.invited': 'inviterte en bruker',
    'user.uninvited': 'trakk tilbake en invitasjon',
    'user.joined': 'ble bruker',
    'user.level': 'endret tilgangen til en bruker',
    'user.removed': 'fjernet en bruker',
    'level.made': 'laget et tilgangsnivå',
    'level.changed': 'endret et tilgangsnivå',
    'level.removed': 'slettet et tilgangsnivå',
    'ownership.offered': 'tilbød eierskapet',
    'ownership.withdrawn': 'trakk tilbake tilbudet om eierskapet',
    'ownership.taken': 'tok over eierskapet',
  } satisfies Record<ClientLogAnswer['entries'][number]['act'], string>,
};

const en: typeof nb = {
  title: 'Log',
  lead: 'Everything that was done with the account, the newest first.',
  caption: 'Log',
  head: ['When', 'Who', 'What', 'About'],
  none: 'Nothing has been done yet.',
  somebody: 'Somebody who is no longer a user',
  more: 'Older',
  first: 'The newest',
  acts: {
    'client.began': 'made the company a customer',
    'client.changed': 'corrected what is said of the company',
    'client.ended': 'ended the subscription',
    'client.resumed': 'took the subscription up again',
    'client.exported': 'downloaded everything',
    'document.accepted': 'accepted an agreement',
    'module.taken': 'took a module into use',
    'module.dropped': 'dropped a module',
    'user.invited': 'invited a user',
    'user.uninvited': 'took an invitation back',
    'user.joined': 'became a user',
    'user.level': 'changed the access of a user',
    'user.removed': 'removed a user',
    'level.made': 'made an access level',
    'level.changed': 'changed an access level',
    'level.removed': 'deleted an access level',
    'ownership.offered': 'offered the ownership',
    'ownership.withdrawn': 'took the offer of ownership back',
    'ownership.taken': 'took over the ownership',
  },
};

/** What was done with a client's account, in plain words. */
export const clientLogTexts: Record<Language, typeof nb> = { nb, en };
