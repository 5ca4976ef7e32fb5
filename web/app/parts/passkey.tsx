import type { ReactNode } from 'react';
import type { PasskeyOptions } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { signingIn } from '../texts/signing-in.ts';
import { Alert } from './fields.tsx';

const FIELDS = {
  get: ['id', 'clientData', 'authenticatorData', 'signature'],
  create: ['id', 'clientData', 'attestation'],
} as const;

/** What a passkey signed, as the form brings it. */
export function signedOf(form: FormData): Record<string, string> {
  return Object.fromEntries(FIELDS.get.map((name) => [name, String(form.get(name) ?? '')]));
}

/** What a browser made, likewise. */
export function madeOf(form: FormData): Record<string, string> {
  return Object.fromEntries([...FIELDS.create, 'name'].map((name) => [name, String(form.get(name) ?? '')]));
}

/**
 * A form that a passkey fills in: the script of the page asks for it and sends what it gave. Where no script runs, it says
 * so and the page's other ways are there.
 */
export function Passkey({
  act,
  options,
  language,
  children,
}: {
  act: 'get' | 'create';
  options: PasskeyOptions;
  language: Language;
  children?: ReactNode;
}) {
  const words = signingIn[language];
  return (
    <>
      <form className="form" method="post" data-passkey={act} data-options={JSON.stringify(options)}>
        <input type="hidden" name="intent" value="passkey" />
        {FIELDS[act].map((name) => (
          <input type="hidden" name={name} key={name} />
        ))}
        <div data-unscripted>
          <Alert color="info">{words.passkeyUnscripted}</Alert>
        </div>
        <div className="form" hidden>
          {children}
          <button className="ds-button" type="submit">
            {act === 'get' ? words.passkeyUse : words.passkeyMake}
          </button>
        </div>
        <p className="ds-validation-message" role="alert" hidden>
          {words.passkeyFailed}
        </p>
      </form>
      <script type="module" src="/passkey.js" />
    </>
  );
}
