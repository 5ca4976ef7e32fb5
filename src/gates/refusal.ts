/**
 * The closed list of ways a gate says no. Codes are stable, documented in `docs/refusals.md`, and never reused.
 * The kind decides which HTTP status the code becomes; only `http/` knows that.
 */
export const REFUSALS = {
  'collect.unknown-point': { kind: 'invalid', says: 'No clause names this collection point.' },
  'collect.undeclared-field': {
    kind: 'invalid',
    says: 'The statement does not name this field, so it is not taken.',
  },
  'collect.missing-field': { kind: 'invalid', says: 'A field that is needed is missing.' },
  'collect.invalid-field': { kind: 'invalid', says: 'A field is not of its kind.' },
  'collect.national-identity-number': {
    kind: 'invalid',
    says: 'A text holds what looks like a national identity number. We do not take them (personopplysningsloven § 12).',
  },
  'collect.consent-missing': { kind: 'invalid', says: 'This purpose rests on consent, and none was given.' },
  'collect.statement-not-in-force': {
    kind: 'conflict',
    says: 'The version named is not the one in force; read it again.',
  },
  'use.unknown-purpose': { kind: 'forbidden', says: 'The statement has no such purpose.' },
  'use.not-your-purpose': { kind: 'forbidden', says: 'This purpose is not yours to act for.' },
  'use.reason-missing': { kind: 'invalid', says: 'Say why you look: a reason of the list.' },
  'answer.unknown-person': { kind: 'absent', says: 'Nobody is recorded under this number.' },
  'answer.unknown-item': { kind: 'absent', says: 'No such item is held.' },
  'answer.needed-item': {
    kind: 'conflict',
    says: 'This item is needed for as long as the rest is kept; erase all, or object.',
  },
  'answer.not-objectable': {
    kind: 'conflict',
    says: 'This purpose rests on a ground that gives no right to object (art. 21).',
  },
  'answer.no-consent': { kind: 'conflict', says: 'There is no consent to withdraw.' },
  'answer.nothing-to-renew': {
    kind: 'conflict',
    says: 'No coming version asks for this consent anew.',
  },
  'answer.address-taken': { kind: 'conflict', says: 'The address cannot be used.' },
  'answer.held': {
    kind: 'conflict',
    says: 'A legal duty keeps us from erasing this now. Ask again later; what is past its date goes by itself when the duty is over.',
  },
  'answer.unknown-hold': { kind: 'absent', says: 'No such hold stands.' },
  'answer.unknown-receipt': { kind: 'absent', says: 'There is no such receipt.' },
  'answer.past-receipt': {
    kind: 'absent',
    says: 'The receipt has left by its own period. What it said is in the file that was downloaded while it was here.',
  },
  'customers.no-agreement': { kind: 'conflict', says: 'There is no agreement that runs.' },
  'customers.nothing-to-resume': {
    kind: 'conflict',
    says: 'There is no subscription that has ended and can be taken up again.',
  },
  'statement.unknown-version': { kind: 'absent', says: 'No version was ever applied under this number.' },
  'identity.link-spent': { kind: 'absent', says: 'The link is spent, too old, or not ours.' },
  'identity.signed-out': { kind: 'signed-out', says: 'Sign in first.' },
  'identity.role-missing': { kind: 'forbidden', says: 'Your role does not reach this.' },
  'newsletter.unknown-topic': { kind: 'invalid', says: 'There is no such topic.' },
  'newsletter.link-spent': { kind: 'absent', says: 'The link is spent, too old, or not ours.' },
} as const satisfies Record<string, { kind: RefusalKind; says: string }>;

export type RefusalKind = 'invalid' | 'conflict' | 'forbidden' | 'absent' | 'signed-out';
export type RefusalCode = keyof typeof REFUSALS;

/** A gate's no. It names fields, never their values. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly fields: readonly string[];

  constructor(code: RefusalCode, fields: readonly string[] = []) {
    super(REFUSALS[code].says);
    this.name = 'Refusal';
    this.code = code;
    this.fields = fields;
  }

  get kind(): RefusalKind {
    return REFUSALS[this.code].kind;
  }
}
