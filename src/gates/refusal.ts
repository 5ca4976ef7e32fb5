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
  'collect.card-number': {
    kind: 'invalid',
    says: 'A text holds what looks like the number of a payment card. We never take them; pay on the payment provider’s page.',
  },
  'collect.consent-missing': { kind: 'invalid', says: 'This purpose rests on consent, and none was given.' },
  'collect.statement-not-in-force': {
    kind: 'conflict',
    says: 'The version named is not the one in force; read it again.',
  },
  'collect.unknown-source': {
    kind: 'forbidden',
    says: 'The statement names no such source, so nothing is asked of it.',
  },
  'collect.source-away': {
    kind: 'away',
    says: 'The register that this comes from does not answer. Try again in a while; what you know yourself can be written by hand.',
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
  'bulk.unknown-act': { kind: 'invalid', says: 'There is no such thing to do with many rows at once.' },
  'bulk.nothing-chosen': { kind: 'invalid', says: 'No row was chosen.' },
  'bulk.too-many': { kind: 'invalid', says: 'More rows were chosen than one run takes.' },
  'bulk.unknown-run': { kind: 'absent', says: 'There is no such run, or it is too old to be told of.' },
  'customers.no-agreement': { kind: 'conflict', says: 'There is no agreement that runs.' },
  'customers.nothing-to-resume': {
    kind: 'conflict',
    says: 'There is no subscription that has ended and can be taken up again.',
  },
  'customers.no-profile': { kind: 'conflict', says: 'Make a profile first.' },
  'customers.unknown-client': {
    kind: 'absent',
    says: 'There is no such client, or you are none of its users.',
  },
  'customers.right-missing': { kind: 'forbidden', says: 'Your access level does not reach this.' },
  'customers.resting': {
    kind: 'conflict',
    says: 'The account rests: its owner has had the use of their data stopped. Ask the owner to lift it.',
  },
  'customers.bad-number': {
    kind: 'invalid',
    says: 'This is no organisation number: nine digits, of which the last is a check digit.',
  },
  'customers.unknown-user': { kind: 'absent', says: 'The client has no such user.' },
  'customers.already-user': { kind: 'conflict', says: 'Whoever has this address is a user already.' },
  'customers.last-owner': {
    kind: 'conflict',
    says: 'A client has an owner for as long as it has users. Hand the ownership over, or end the subscription first.',
  },
  'customers.unknown-level': { kind: 'invalid', says: 'The client has no such access level.' },
  'customers.built-in-level': {
    kind: 'conflict',
    says: 'This access level is part of the product and stays as it is.',
  },
  'customers.level-in-use': {
    kind: 'conflict',
    says: 'Somebody has this access level; give them another first.',
  },
  'customers.unknown-right': {
    kind: 'invalid',
    says: 'There is no such right, or you do not have it to give.',
  },
  'customers.unknown-invitation': { kind: 'absent', says: 'No such invitation waits for an answer.' },
  'customers.invitation-spent': {
    kind: 'absent',
    says: 'The invitation is answered, taken back or too old, or not ours.',
  },
  'customers.unknown-module': { kind: 'invalid', says: 'There is no such module.' },
  'customers.module-taken': { kind: 'conflict', says: 'The client has this module already.' },
  'customers.module-not-taken': { kind: 'absent', says: 'The client does not have this module.' },
  'customers.last-module': {
    kind: 'conflict',
    says: 'This is the last module. Without one there is no subscription: end that instead.',
  },
  'customers.unknown-document': {
    kind: 'absent',
    says: 'There is no such document, or no such version of it.',
  },
  'customers.not-in-force': {
    kind: 'conflict',
    says: 'The version accepted is not the one in force; read it again.',
  },
  'customers.no-offer': { kind: 'absent', says: 'The ownership is not offered to you.' },
  'companies.invalid-number': {
    kind: 'invalid',
    says: 'This is no organisation number: nine digits, of which the last checks the others.',
  },
  'companies.unknown': { kind: 'absent', says: 'The register knows no company under this number.' },
  'companies.removed': {
    kind: 'gone',
    says: 'The register has removed this company and asks everybody to delete what they have of it.',
  },
  'companies.sole-proprietor': {
    kind: 'conflict',
    says: 'The company is a person. What the register says of it is kept for that person alone: say that it is you.',
  },
  'companies.not-usable': {
    kind: 'conflict',
    says: 'You have restricted the use of your data, or said no to this one. Lift that first.',
  },
  'companies.feed-stuck': {
    kind: 'away',
    says: 'The register tells of its changes in another order than before, and is not followed further.',
  },
  'companies.not-kept': { kind: 'absent', says: 'No such company is kept.' },
  'billing.unknown-plan': { kind: 'invalid', says: 'The price list has no such plan.' },
  'billing.no-subscription': { kind: 'conflict', says: 'There is no subscription that runs.' },
  'billing.unknown-invoice': { kind: 'absent', says: 'There is no such invoice.' },
  'billing.too-much': { kind: 'conflict', says: 'This is more than is left to pay of the invoice.' },
  'billing.not-due': { kind: 'conflict', says: 'The invoice is not due yet.' },
  'billing.nothing-noted': {
    kind: 'conflict',
    says: 'No payment was noted together with others that could be taken back.',
  },
  'billing.reminded': { kind: 'conflict', says: 'A reminder of the invoice has gone out before.' },
  'billing.nobody-to-remind': {
    kind: 'conflict',
    says: 'The client has nobody who can be written to about its invoices.',
  },
  'billing.no-provider': {
    kind: 'conflict',
    says: 'Invoices are paid by bank here; there is no page to pay on.',
  },
  'billing.provider-away': {
    kind: 'away',
    says: 'The payment provider does not answer. Nothing was paid; try again soon.',
  },
  'billing.unsigned': { kind: 'forbidden', says: 'The payment provider did not sign this just now.' },
  'billing.not-ehf': {
    kind: 'conflict',
    says: 'This document cannot be written as EHF that receivers accept. Its PDF says the same.',
  },
  'billing.settled': { kind: 'conflict', says: 'Nothing is left of the invoice: it is paid or credited.' },
  'statement.unknown-version': { kind: 'absent', says: 'No version was ever applied under this number.' },
  'identity.link-spent': { kind: 'absent', says: 'The link is spent, too old, or not ours.' },
  'identity.signed-out': { kind: 'signed-out', says: 'Sign in first.' },
  'identity.prove-again': { kind: 'forbidden', says: 'Confirm that it is you first; it was too long ago.' },
  'identity.second-factor': { kind: 'forbidden', says: 'This session needs a second factor first.' },
  'identity.wait': { kind: 'too-many', says: 'Too many tries; wait before the next.' },
  'identity.wrong-factor': { kind: 'invalid', says: 'The address and the password do not go together.' },
  'identity.wrong-code': { kind: 'invalid', says: 'The code is wrong, too old, or has been used.' },
  'identity.wrong-passkey': {
    kind: 'invalid',
    says: 'The passkey is not known here, or what it signed does not fit.',
  },
  'identity.short-password': { kind: 'invalid', says: 'The password is too short.' },
  'identity.common-password': {
    kind: 'invalid',
    says: 'The password is one that many use, or is made of words that are known here.',
  },
  'identity.unknown-factor': { kind: 'absent', says: 'No such way of signing in is there.' },
  'identity.factor-taken': { kind: 'conflict', says: 'This way of signing in is in use already.' },
  'identity.needed-factor': {
    kind: 'conflict',
    says: 'A second factor is needed here; add another, or set a longer password, before this one goes.',
  },
  'identity.unknown-provider': { kind: 'absent', says: 'Nobody by that name can be signed in with.' },
  'identity.wrong-provider': {
    kind: 'invalid',
    says: 'What came back does not fit what was asked, or is too old; begin anew.',
  },
  'identity.provider-away': {
    kind: 'away',
    says: 'The one to sign in with does not answer; try again soon.',
  },
  'identity.unknown-session': { kind: 'absent', says: 'No such session is open.' },
  'identity.last-administrator': {
    kind: 'conflict',
    says: 'Nobody else can give roles; give another that one first.',
  },
  'identity.role-missing': { kind: 'forbidden', says: 'Your role does not reach this.' },
  'integrations.token-refused': { kind: 'signed-out', says: 'The key is not ours, is over, or was ended.' },
  'integrations.out-of-scope': { kind: 'forbidden', says: 'The key was not given what this needs.' },
  'integrations.unknown-scope': { kind: 'invalid', says: 'A key cannot be given this.' },
  'integrations.too-many-tokens': {
    kind: 'conflict',
    says: 'As many keys as there can be stand already; end one first.',
  },
  'integrations.unknown-token': { kind: 'absent', says: 'There is no such key.' },
  'newsletter.unknown-topic': { kind: 'invalid', says: 'There is no such topic.' },
  'newsletter.link-spent': { kind: 'absent', says: 'The link is spent, too old, or not ours.' },
} as const satisfies Record<string, { kind: RefusalKind; says: string }>;

export type RefusalKind =
  | 'invalid'
  | 'conflict'
  | 'forbidden'
  | 'absent'
  | 'gone'
  | 'signed-out'
  | 'too-many'
  | 'away';
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
