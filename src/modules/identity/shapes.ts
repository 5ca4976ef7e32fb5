import { z } from 'zod';
import { ROLES } from '#gates/actor.ts';
import { Both, Count, Id, Language, Moment, named, OpenedSession, text } from '#gates/shapes.ts';

export type SignInRequest = z.infer<typeof SignInRequest>;
export const SignInRequest = z.strictObject({ email: z.string().max(254), language: Language.optional() });

/**
 * The page that a link for confirming who one is leads back to. Segments of small letters, digits and hyphens alone: it can
 * name no other host, no scheme, no query and no link that signs in.
 */
export type Back = z.infer<typeof Back>;
export const Back = z
  .string()
  .max(200)
  .regex(/^(\/[a-z0-9-]+)+$/)
  .meta({ examples: ['/min/slett'] });

export type EnteredAnswer = z.infer<typeof EnteredAnswer>;
export const EnteredAnswer = named('EnteredSession', OpenedSession.extend({ back: Back.nullable() }));

/** By which means a session was opened, in the order they were shown; `local` is the link printed by a demo. */
export type Means = z.infer<typeof Means>;
const Means = z.enum(['link', 'local', 'password', 'code', 'recovery', 'passkey', 'provider']);

/** Nothing tells from where: what a browser and a machine are called is kept with consent alone. */
export type SessionsAnswer = z.infer<typeof SessionsAnswer>;
export const SessionsAnswer = named(
  'Sessions',
  z.strictObject({
    sessions: z.array(
      z.strictObject({
        id: Id,
        current: z.boolean(),
        beganAt: Moment,
        usedAt: Moment.describe('To about five minutes.'),
        expiresAt: Moment,
        means: z.array(Means),
      }),
    ),
  }),
);

export type FactorsAnswer = z.infer<typeof FactorsAnswer>;
export const FactorsAnswer = named(
  'Factors',
  z.strictObject({
    factors: z.array(
      z.strictObject({
        id: Id,
        kind: z.enum(['password', 'codes', 'passkey', 'provider']),
        name: text('Den blå telefonen').nullable(),
        addedAt: Moment,
        usedAt: Moment,
      }),
    ),
    recoveryCodes: Count,
  }),
);

export type CodeSecret = z.infer<typeof CodeSecret>;
export const CodeSecret = named(
  'CodeSecret',
  z.strictObject({
    secret: text('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
    uri: text('otpauth://totp/Firma:kari%40firma.example?secret=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
  }),
);

export const RecoveryCodes = named('RecoveryCodes', z.strictObject({ codes: z.array(text('abcde-fghij')) }));

/** What `navigator.credentials.get` takes, bytes in base64url. */
const bytes = text('rTg0lG0');
export const PasskeyRequest = named(
  'PasskeyRequest',
  z.strictObject({
    challenge: bytes,
    rpId: text('www.firma.example'),
    timeout: Count,
    userVerification: z.literal('required'),
  }),
);
const PublicKey = z.literal('public-key');
/** What `navigator.credentials.create` takes, likewise. */
export const PasskeyCreation = named(
  'PasskeyCreation',
  z.strictObject({
    challenge: bytes,
    rp: z.strictObject({ id: text('www.firma.example'), name: text('Firma AS') }),
    user: z.strictObject({ id: bytes, name: text('kari@firma.example'), displayName: text('Kari Prøve') }),
    pubKeyCredParams: z.array(z.strictObject({ type: PublicKey, alg: z.int().meta({ examples: [-7] }) })),
    timeout: Count,
    attestation: z.literal('none'),
    excludeCredentials: z.array(z.strictObject({ type: PublicKey, id: bytes })),
    authenticatorSelection: z.strictObject({
      residentKey: z.literal('required'),
      requireResidentKey: z.literal(true),
      userVerification: z.literal('required'),
    }),
  }),
);
export type PasskeyOptions = z.infer<typeof PasskeyRequest> | z.infer<typeof PasskeyCreation>;

export type ProvidersAnswer = z.infer<typeof ProvidersAnswer>;
export const ProvidersAnswer = named(
  'Providers',
  z.strictObject({ providers: z.array(z.strictObject({ id: text('vipps'), name: Both })) }),
);
export const ErrandAnswer = named(
  'Errand',
  z.strictObject({ location: text('https://provider.example/authorize') }),
);

/** What came of signing in elsewhere; `asked` has no session. */
export type CameAnswer = z.infer<typeof CameAnswer>;
export const CameAnswer = named(
  'CameFromElsewhere',
  z.union([
    z.strictObject({ state: z.literal('asked') }),
    OpenedSession.extend({ state: z.enum(['in', 'tied']) }),
  ]),
);

/** What staff can be. */
export const Role = z.enum(ROLES);

export type StaffAnswer = z.infer<typeof StaffAnswer>;
export const StaffAnswer = named(
  'StaffAnswer',
  z.strictObject({
    staff: z.array(
      z.strictObject({
        person: Id,
        name: text('Kari Prøve').nullable(),
        roles: z.array(z.strictObject({ role: Role, since: Moment })),
      }),
    ),
  }),
);

export type StaffRequest = z.infer<typeof StaffRequest>;
export const StaffRequest = named(
  'StaffRequest',
  z.strictObject({
    email: z.string().max(254),
    name: z.string().max(100).optional().describe('Needed of whom none is held.'),
    role: Role,
    language: Language.optional(),
  }),
);
