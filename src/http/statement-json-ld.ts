import type { Basis, Statement, Text } from '#statement/grammar.ts';

const BASES: Readonly<Record<Basis, string>> = {
  'A6-1-a': 'eu-gdpr:A6-1-a',
  'A6-1-b': 'eu-gdpr:A6-1-b',
  'A6-1-c': 'eu-gdpr:A6-1-c',
  'A6-1-d': 'eu-gdpr:A6-1-d',
  'A6-1-e': 'eu-gdpr:A6-1-e',
  'A6-1-f': 'eu-gdpr:A6-1-f',
};

const texts = (text: Text) => [
  { '@value': text.nb, '@language': 'nb' },
  { '@value': text.en, '@language': 'en' },
];

/** The statement as W3C Data Privacy Vocabulary (DPV 2.3) in JSON-LD: a privacy notice that a machine can read. */
export function statementJsonLd(statement: Statement, baseUrl: string): object {
  const id = (kind: string, name: string) => `${baseUrl}/.well-known/personvern.json#${kind}/${name}`;
  return {
    '@context': {
      dpv: 'https://w3id.org/dpv#',
      pd: 'https://w3id.org/dpv/pd#',
      'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
      dct: 'http://purl.org/dc/terms/',
    },
    '@id': `${baseUrl}/personvern`,
    '@type': 'dpv:PrivacyNotice',
    'dct:hasVersion': statement.version,
    'dct:modified': statement.updated,
    'dpv:hasDataController': {
      '@type': 'dpv:DataController',
      'dpv:hasName': statement.operator.name,
      'dpv:hasContact': statement.operator.mailbox,
    },
    'dpv:hasProcess': Object.entries(statement.purposes).map(([name, purpose]) => ({
      '@id': id('purpose', name),
      '@type': 'dpv:Process',
      'dct:title': texts(purpose.label),
      'dpv:hasPurpose': { '@id': purpose.dpv },
      'dpv:hasLegalBasis': { '@id': BASES[purpose.basis] },
      'dpv:hasPersonalData': purpose.reads.map((category) => ({ '@id': id('category', category) })),
      'dpv:hasStorageCondition': Object.values(statement.storage)
        .filter((rule) => rule.purposes.includes(name))
        .map((rule) => ({
          '@type': 'dpv:StorageCondition',
          'dpv:hasDuration': rule.period,
          'dct:description': texts(rule.why),
        })),
      'dpv:hasRecipient': Object.values(statement.recipients)
        .filter((recipient) => recipient.purposes.includes(name))
        .map((recipient) => ({ '@type': 'dpv:Recipient', 'dpv:hasName': recipient.name })),
    })),
    'dpv:hasPersonalData': Object.entries(statement.categories).map(([name, category]) => ({
      '@id': id('category', name),
      '@type': category.dpv,
      'dct:title': texts(category.label),
    })),
  };
}
