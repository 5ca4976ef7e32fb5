import { readFileSync } from 'node:fs';
import type { Gates } from '#gates/gates.ts';
import { namesProvider } from '#gates/payments.ts';
import { takePayment } from '#modules/billing/cards.ts';
import { Fault } from '#platform/fault.ts';
import { HostedPayments, type PaymentPort } from '#platform/payment.ts';
import type { Statement } from '#statement/grammar.ts';

/**
 * The payment provider that the operator has chosen; undefined where invoices are paid by bank. Opening it asks nothing.
 * Throws a Fault when its keys cannot be read, or when the statement does not name whoever gets payment data.
 */
export function openPayments(
  { paymentProvider }: { readonly paymentProvider: { url: string; keyFile: string } | undefined },
  statement: Statement,
): PaymentPort | undefined {
  if (paymentProvider === undefined) return undefined;
  const { url, keyFile } = paymentProvider;
  if (!namesProvider(statement))
    throw new Fault(
      'PAYMENT_PROVIDER_URL is set, and the statement names no recipient of customer.payment: plan and apply a version that does.',
    );
  let lines: string[] = [];
  try {
    lines = readFileSync(keyFile, 'utf8')
      .split('\n')
      .map((line) => line.trim());
  } catch {
    // Told below, with the cure.
  }
  const [key = '', signing = ''] = lines;
  if (key === '' || signing === '')
    throw new Fault(
      `${keyFile} does not hold the keys of the payment provider: write the API key on its first line and the signing key of its events on the second.`,
    );
  return new HostedPayments({ baseUrl: url, key, signing });
}

/** Takes events of the payment provider; undefined where there is none. */
export function paymentTaker(gates: Gates) {
  if (!gates.payments.hosted) return undefined;
  return async (event: Buffer, signature: string | undefined, at: Date): Promise<void> => {
    const paid = await gates.payments.paid(event, signature, at);
    if (paid !== undefined) await takePayment(gates, paid, at);
  };
}
