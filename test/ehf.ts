import { invoiceSchema } from '@e-invoice-eu/core';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { XmlDocument, XmlElement } from 'libxml2-wasm';
import type { Element } from '#modules/billing/markup.ts';

/*
 * For tests: the schema of Peppol BIS Billing 3.0, as its published syntax has it, that comes with a package: which
 * elements there are, in which order and how many, with which attributes, and which codes. The schema is one of invoices in
 * JSON, whose properties stand in the order of UBL; a credit note has the same elements by a few other names.
 */

interface Schema {
  readonly type?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';
const PREFIXES: Readonly<Record<string, string>> = {
  [`${UBL}Invoice-2`]: '',
  [`${UBL}CreditNote-2`]: '',
  [`${UBL}CommonAggregateComponents-2`]: 'cac:',
  [`${UBL}CommonBasicComponents-2`]: 'cbc:',
};
const AS_INVOICE: Readonly<Record<string, string>> = {
  CreditNote: 'Invoice',
  'cbc:CreditNoteTypeCode': 'cbc:InvoiceTypeCode',
  'cac:CreditNoteLine': 'cac:InvoiceLine',
  'cbc:CreditedQuantity': 'cbc:InvoicedQuantity',
};
/** What a credit note has no place for, by the names of an invoice. */
const INVOICE_ALONE = new Set([...Object.values(AS_INVOICE), 'cbc:DueDate']);

// The schema is of draft 2019-09, and keeps names of its own beside those of the draft.
const validate = new Ajv2019({ allErrors: true, strict: false }).compile(invoiceSchema);
const ROOT = (invoiceSchema as unknown as Schema).properties!['ubl:Invoice']!;

/** Reads a document as strictly as XML 1.0 has it; throws on what is not well formed. */
export function readEhf(xml: string): Element {
  using document = XmlDocument.fromString(xml);
  return elementOf(document.root);
}

function elementOf(node: XmlElement): Element {
  const parts: Element[] = [];
  for (let child = node.firstChild; child !== null; child = child.next)
    if (child instanceof XmlElement) parts.push(elementOf(child));
  return {
    name: `${PREFIXES[node.namespaceUri] ?? `{${node.namespaceUri}}`}${node.name}`,
    attributes: Object.fromEntries(node.attrs.map((one) => [one.name, one.value])),
    text: parts.length === 0 ? node.content : '',
    parts,
  };
}

/** What of a document the schema has no place for, each with where; none when it is valid. */
export function schemaFaults(root: Element): string[] {
  const isCredit = root.name === 'CreditNote';
  const faults: string[] = [];
  const known = isCredit ? asInvoice(root, faults) : root;
  if (known.name !== 'Invoice') faults.push(`${root.name} is no document`);
  faults.push(...outOfOrder(known, ROOT, known.name));
  if (!validate({ 'ubl:Invoice': jsonOf(known, ROOT) }))
    for (const { instancePath, message, params } of validate.errors ?? [])
      faults.push(`${instancePath} ${message} ${Object.values(params).join(' ')}`);
  return faults;
}

function asInvoice(element: Element, faults: string[]): Element {
  const { name, parts } = element;
  if (INVOICE_ALONE.has(name)) faults.push(`${name} in a credit note`);
  return { ...element, name: AS_INVOICE[name] ?? name, parts: parts.map((part) => asInvoice(part, faults)) };
}

/** The properties of what a schema is of, one or a list of them. */
const propertiesOf = (schema: Schema): Readonly<Record<string, Schema>> =>
  schema.items?.properties ?? schema.properties ?? {};

function outOfOrder({ parts }: Element, schema: Schema, where: string): string[] {
  const properties = propertiesOf(schema);
  const order = Object.keys(properties);
  let last = 0;
  return parts.flatMap((part) => {
    const at = order.indexOf(part.name);
    const path = `${where}/${part.name}`;
    const here = at !== -1 && at < last ? [`${path} out of order`] : [];
    last = Math.max(last, at);
    return [...here, ...outOfOrder(part, properties[part.name] ?? {}, path)];
  });
}

/** The form that the schema is of: what there may be several of in a list, attributes beside what they are of. */
function jsonOf({ parts, text, attributes }: Element, schema: Schema): unknown {
  if (parts.length === 0) return text;
  const properties = propertiesOf(schema);
  const json: Record<string, unknown> = {};
  for (const [name, some] of Map.groupBy(parts, (part) => part.name)) {
    const all = some.map((part) => jsonOf(part, properties[name] ?? {}));
    json[name] = properties[name]?.type === 'array' || all.length > 1 ? all : all[0];
    for (const [key, value] of some.flatMap((part) => Object.entries(part.attributes)))
      json[`${name}@${key}`] = value;
  }
  for (const key of Object.keys(attributes)) if (!key.startsWith('xmlns')) json[`@${key}`] = attributes[key];
  return json;
}
